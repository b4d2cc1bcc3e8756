import { describe, expect, it } from "vitest";
import {
  flashWith,
  madeAtImage,
  madeSdkBoot,
  phyInit,
  saveArea,
  startSlot,
  storageArea,
} from "../../../../test/support/made-firmware.js";
import { realBoot, realFirmware } from "../../../../test/support/real-firmware.js";
import { describeWith } from "../../../../test/support/requirements.js";
import { describe as words } from "../messages/catalogue.js";
import type { FirmwarePackage } from "../packages/firmware-package.js";
import { type DiagnoseInput, diagnose } from "./diagnose.js";
import type { Diagnosis, Finding } from "./finding.js";
import {
  board,
  codecs,
  combined,
  healthy,
  KIB,
  large,
  MIB,
  sdkChip,
  sector,
  seed,
  wifiIn,
} from "./prepared-flash.fixture.js";
import { dumpSource } from "./sources/dump-source.js";
import { surveyFlash } from "./survey/survey-flash.js";
import type { Survey } from "./survey.js";

const look = async (bytes: Uint8Array) => {
  const source = dumpSource(bytes, codecs);
  const quick = await surveyFlash(source, { depth: "quick", codecs });
  return { quick, deep: await surveyFlash(source, { depth: "deep", earlier: quick, codecs }) };
};
const told = ({ findings }: Diagnosis) =>
  findings.map(({ severity, code }) => `${severity} ${code.slice("finding-".length)}`);
const find = ({ findings }: Diagnosis, code: Finding["code"]) =>
  findings.find((found) => found.code === code);
const fixesOf = (diagnosis: Diagnosis, code: Finding["code"]) => find(diagnosis, code)?.fixes;

/** A change to a copy. */
const changed = (bytes: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array => {
  change(bytes);
  return bytes;
};
const at = (sizeFreq: number, second?: string) =>
  sdkChip({
    image: madeAtImage(),
    sizeFreq,
    more:
      second === undefined ? [] : [{ offset: 0x10_1000, bytes: madeAtImage({ slot: 2, version: second }) }],
  });
const unofficial = (...more: { offset: number; bytes: Uint8Array }[]) =>
  sdkChip({ image: large("1v95", 537_764), sizeFreq: 0x6f, more });

const CALIBRATION = "note calibration-blank";

/** Contents, what a quick look finds, and what a deep one finds where that is something else. */
const cases: readonly [string, () => Uint8Array, readonly string[], (readonly string[])?][] = [
  ["a blank chip", () => flashWith([], 4 * MIB), ["fatal flash-looks-blank"], ["fatal flash-blank"]],
  ["zeros", () => new Uint8Array(MIB), ["fatal no-image"]],
  [
    "the first sector erased",
    () => changed(seed(0x6f), (c) => c.fill(0xff, 0, 0x1000)),
    ["fatal no-boot-loader"],
  ],
  [
    "an update image at 0",
    () => flashWith([{ offset: 0, bytes: board("2v09") }], MIB),
    ["fatal update-image-at-start"],
  ],
  [
    "a wrong bit in the boot loader",
    () => changed(seed(0x6f), (c) => c.set([c[0x200]! ^ 1], 0x200)),
    ["fatal boot-loader-damaged", CALIBRATION],
  ],
  [
    "a boot loader alone",
    () => flashWith([{ offset: 0, bytes: madeSdkBoot("1.6", { sizeFreq: 0x6f }) }], 4 * MIB),
    ["fatal no-program"],
  ],

  // ESP8266_4MB 1v95 under every map.
  ["1v95 4MB, map 0", () => seed(0x0f), ["fatal map-no-start", "note bits-for-bytes"]],
  [
    "1v95 4MB, map 0, flashed with init data and blank at the end of 512 KB",
    () => seed(0x0f, { offset: 0x7_c000, bytes: sector(phyInit()) }),
    ["fatal map-no-start", "note bits-for-bytes"],
    ["fatal image-damaged", "fatal map-no-start", "note bits-for-bytes"],
  ],
  ["1v95 4MB, map 2", () => seed(0x2f), ["danger map-destroys-at-wifi-save"]],
  ["1v95 4MB, map 3", () => seed(0x3f), ["danger map-destroys-at-wifi-save"]],
  [
    "1v95 4MB, map 4, before wifi.save()",
    () => seed(0x4f),
    ["danger map-destroys-at-wifi-save", "note size-without-split"],
  ],
  [
    "1v95 4MB, map 4, after wifi.save()",
    () => seed(0x4f, wifiIn(0x7_b000)),
    ["fatal settings-in-code", "note size-without-split"],
  ],
  ["1v95 4MB, map 5", () => seed(0x5f), ["danger map-destroys-at-wifi-save"]],
  ["1v95 4MB, map 6", () => seed(0x6f), [CALIBRATION]],
  [
    "1v95 4MB, map 6, after it was map 4 for one wifi.save()",
    () => seed(0x6f, wifiIn(0x7_b000)),
    ["fatal settings-in-code", CALIBRATION],
  ],
  [
    "1v95 4MB, map 8 on 8 MB",
    () => sdkChip({ image: large("1v95"), sizeFreq: 0x8f, chip: 8 * MIB }),
    ["danger map-unknown-to-firmware"],
  ],
  ["a build of 1v95 that is too large", () => unofficial(), ["danger calibration-in-code"]],
  [
    "the same after its first start",
    () => unofficial({ offset: 0x8_0000, bytes: sector(new Uint8Array(600).fill(7)) }),
    ["danger calibration-in-code"],
    ["fatal image-damaged", "fatal calibration-in-code"],
  ],

  // Later ones.
  [
    "2v09 4MB, map 0",
    () => sdkChip({ image: large("2v09"), sizeFreq: 0x0f }),
    ["fatal map-no-start", "note bits-for-bytes"],
  ],
  [
    "2v09 4MB, map 4",
    () => sdkChip({ image: large("2v09"), sizeFreq: 0x4f }),
    ["warning map-limits", "note size-without-split"],
  ],
  [
    "2v09 4MB, map 9 on 16 MB",
    () => sdkChip({ image: large("2v09"), sizeFreq: 0x9f, chip: 16 * MIB }),
    ["danger map-over-boot-loader"],
  ],
  [
    "2v09 4MB, map 6 on 1 MB",
    () => sdkChip({ image: large("2v09"), sizeFreq: 0x6f, chip: MIB }),
    ["fatal map-exceeds-chip"],
  ],
  [
    "2v09 4MB, its whole-chip file as it was downloaded",
    () => combined(large("2v09"), 4 * MIB),
    ["fatal map-no-start", "note combined-kept"],
  ],
  [
    "2v09 for 512 KB, map 0 on 4 MB",
    () => sdkChip({ image: board("2v09"), sizeFreq: 0x00 }),
    ["note map-smaller", CALIBRATION],
  ],
  [
    "2v09 for 512 KB, map 4 on 512 KB",
    () => sdkChip({ image: board("2v09"), sizeFreq: 0x40, chip: 512 * KIB }),
    ["fatal map-exceeds-chip", "note bits-for-bytes"],
  ],
  [
    "2v09 for 512 KB, map 9 on 16 MB",
    () => sdkChip({ image: board("2v09"), sizeFreq: 0x90, chip: 16 * MIB }),
    ["danger map-over-boot-loader"],
  ],
  [
    "no PHY init data",
    () => sdkChip({ image: board("2v09"), sizeFreq: 0x40, phy: false }),
    ["fatal phy-init-missing", CALIBRATION],
  ],

  // Damage.
  [
    "the second half not written",
    () => changed(seed(0x6f), (c) => c.fill(0xff, 0x4_0000, 0x8_0000)),
    ["fatal image-truncated", CALIBRATION],
  ],
  [
    "the last two sectors not written",
    () => changed(seed(0x6f), (c) => c.fill(0xff, 0x7_c000, 0x7_e000)),
    [CALIBRATION],
    ["fatal image-truncated", CALIBRATION],
  ],
  [
    "an erased sector in the code",
    () => changed(seed(0x6f), (c) => c.fill(0xff, 0x3_0000, 0x3_1000)),
    [CALIBRATION],
    ["fatal image-damaged", CALIBRATION],
  ],
  [
    "a wrong bit in the code",
    () => changed(seed(0x6f), (c) => c.set([c[0x2_0001]! ^ 1], 0x2_0001)),
    [CALIBRATION],
    ["fatal image-damaged", CALIBRATION],
  ],

  // AT and its slots.
  [
    "AT, another version starts from user2",
    () => changed(at(0x60, "1.7.4"), (c) => startSlot(c, 4 * MIB, 2)),
    ["warning other-slot-starts", CALIBRATION],
  ],
  [
    "AT, the same version starts from user2",
    () => changed(at(0x60, "1.7.6"), (c) => startSlot(c, 4 * MIB, 2)),
    ["note second-slot-starts", CALIBRATION],
  ],
  [
    "AT, an update that broke off",
    () => changed(at(0x60, "1.7.6"), (c) => c.fill(0xff, 0x12_0000, 0x18_0000)),
    ["note spare-slot-damaged", CALIBRATION],
  ],
  ["AT for 1024+1024, map 4", () => at(0x40), ["fatal map-not-linked"]],
];

describe("the diagnosis of a flash", () => {
  it.each(cases)("finds what is wrong: %s", async (_, make, atFirst, afterwards = atFirst) => {
    const { quick, deep } = await look(make());
    expect(told(diagnose({ survey: quick }))).toEqual(atFirst);
    expect(told(diagnose({ survey: deep }))).toEqual(afterwards);
  });

  it.each(Object.entries(healthy))("raises no alarm: %s", async (_, make) => {
    const { quick, deep } = await look(make());
    for (const survey of [quick, deep]) {
      const { findings, reassurances } = diagnose({ survey });
      expect(findings.filter(({ severity }) => severity !== "note")).toEqual([]);
      expect(reassurances).toEqual([]);
    }
  });

  it("carries the depth with which somebody looked", async () => {
    const { quick, deep } = await look(seed(0x4f));
    expect(diagnose({ survey: quick }).findings.map(({ depth }) => depth)).toEqual(["quick", "quick"]);
    expect(diagnose({ survey: deep }).depth).toBe("deep");
  });
});

describe("the board that saves its settings into its program", () => {
  it("needs its header alone before the first wifi.save()", async () => {
    const diagnosis = diagnose({ survey: (await look(seed(0x4f))).quick });
    const found = find(diagnosis, "finding-map-destroys-at-wifi-save")!;
    expect(found.params).toMatchObject({ map: "4MB", linked: "4MB-c1", offset: 0x7_b000, size: 0x1000 });
    expect(found.fixes).toEqual([{ kind: "header", size: "4MB-c1" }]);
    expect(found.evidence).toContainEqual({
      code: "hazard-wifi-in-image",
      params: expect.objectContaining({ offset: 0x7_b000, size: 0x1000 }),
    });
    expect(words(found.code, found.params).message).toBe(
      "The firmware chooses where it saves by the flash size in its header (the “flash map”). The header says 4MB, " +
        "this firmware needs 4MB-c1; with 4MB the next `wifi.save()` erases 4 KB (4096 bytes) of the firmware itself at 0x0007b000.",
    );
  });

  it("needs header and program after it, and nobody has lost what the chip was made with", async () => {
    const { deep } = await look(
      seed(0x4f, wifiIn(0x7_b000), { offset: 0xe_b000, bytes: sector(Uint8Array.of(1)) }),
    );
    const diagnosis = diagnose({ survey: deep });
    const found = find(diagnosis, "finding-settings-in-code")!;
    expect(found.fixes).toEqual([
      { kind: "header", size: "4MB-c1" },
      { kind: "rewrite", slots: ["user1"] },
    ]);
    expect(found.evidence).toContainEqual({ code: "evidence-wifi-block", params: { offset: 0x7_b000 } });
    expect(diagnosis.reassurances).toEqual([
      { code: "reassure-loader", params: {} },
      { code: "reassure-kept", params: { regions: ["saved-code"] } },
    ]);
  });

  it("needs only its program where the header has been put right since", async () => {
    const { quick } = await look(seed(0x6f, wifiIn(0x7_b000)));
    expect(fixesOf(diagnose({ survey: quick }), "finding-settings-in-code")).toEqual([
      { kind: "rewrite", slots: ["user1"] },
    ]);
  });

  it("is told that it crashes because of that", async () => {
    const { quick } = await look(seed(0x4f));
    const bootLog = `${BANNER}Fatal exception (3):\nepc1=0x401000b8, epc2=0x00000000, epc3=0x00000000, excvaddr=0x401000df, depc=0x00000000\n`;
    expect(told(diagnose({ survey: quick, bootLog }))).toEqual([
      "fatal map-destroys-at-wifi-save",
      "fatal exception-load-store",
      "note size-without-split",
    ]);
  });
});

const BANNER = "\r\n ets Jan  8 2013,rst cause:2, boot mode:(3,6)\r\n\r\n";

describe("fixes", () => {
  const fixes = async (bytes: Uint8Array, code: Finding["code"], more: Partial<DiagnoseInput> = {}) =>
    fixesOf(diagnose({ survey: (await look(bytes)).deep, ...more }), code);

  it("are the least that helps", async () => {
    expect(await fixes(flashWith([], MIB), "finding-flash-blank")).toEqual([{ kind: "install" }]);
    expect(
      await fixes(sdkChip({ image: board("2v09"), sizeFreq: 0x40, phy: false }), "finding-phy-init-missing"),
    ).toEqual([{ kind: "phy-init" }]);
    const second = changed(at(0x60, "1.7.4"), (c) => startSlot(c, 4 * MIB, 2));
    expect(await fixes(second, "finding-other-slot-starts")).toEqual([{ kind: "boot-slot" }]);
    expect(await fixes(at(0x40), "finding-map-not-linked")).toEqual([{ kind: "header", size: "4MB-c1" }]);
    const small = sdkChip({ image: board("2v09"), sizeFreq: 0x00 });
    expect(await fixes(small, "finding-map-smaller")).toEqual([{ kind: "header", size: "4MB" }]);
    const sixteen = sdkChip({ image: large("2v09"), sizeFreq: 0x9f, chip: 16 * MIB });
    expect(await fixes(sixteen, "finding-map-over-boot-loader")).toEqual([
      { kind: "header", size: "4MB-c1" },
    ]);
  });
});

describe("what the chip itself says", () => {
  const chip = { target: "esp8266", flashSize: 4 * MIB, flashId: 0x1640e0, crystalMHz: 26 };
  const survey = async (): Promise<Survey> =>
    (await look(sdkChip({ image: board("2v09"), sizeFreq: 0x00 }))).quick;

  it("is why the banner warns, which is harmless", async () => {
    const found = find(diagnose({ survey: await survey(), chip }), "finding-map-smaller-warns");
    expect([found?.severity, found?.fixes]).toEqual(["note", [{ kind: "header", size: "4MB" }]]);
  });

  it("is that the crystal is another one", async () => {
    const input = { survey: await survey(), chip: { ...chip, crystalMeasuredMHz: 28.63 } };
    expect(find(diagnose(input), "finding-crystal-unusual")).toMatchObject({
      severity: "warning",
      params: { nominal: 26, measured: 28.6 },
    });
    const near = { survey: await survey(), chip: { ...chip, crystalMeasuredMHz: 26.4 } };
    expect(find(diagnose(near), "finding-crystal-unusual")).toBeUndefined();
  });

  it("is that the radio's data are for another crystal", async () => {
    const input = { survey: await survey(), chip: { ...chip, crystalMHz: 40 } };
    expect(find(diagnose(input), "finding-phy-init-crystal")).toMatchObject({
      params: { said: 26, crystal: 40, offset: 0x7_c000 },
      fixes: [{ kind: "phy-init" }],
    });
  });

  it("is that it is none", () => {
    expect(told(diagnose({ chip: { ...chip, target: "esp32" } }))).toEqual(["fatal not-an-esp8266"]);
  });

  it("is that its flash is not read in that mode, until it was seen to start", async () => {
    const esp8285 = { ...chip, flashSize: MIB, embeddedFlash: MIB };
    const bytes = sdkChip({ image: board("2v09"), sizeFreq: 0x20, chip: MIB, mode: 0 });
    const { quick } = await look(bytes);
    const found = find(diagnose({ survey: quick, chip: esp8285 }), "finding-mode-unlikely");
    expect([found?.severity, found?.fixes]).toEqual(["warning", [{ kind: "header", mode: "dout" }]]);
    const boot = { verdict: "boots", code: "boots-with-output", params: {}, evidence: [] } as const;
    expect(find(diagnose({ survey: quick, chip: esp8285, boot }), "finding-mode-unlikely")).toBeUndefined();
  });
});

describe("a package at hand", () => {
  const pkg = (version: string, findings: FirmwarePackage["findings"]): FirmwarePackage => ({
    kind: "espruino-release",
    name: "espruino.tgz",
    firmware: { family: "espruino", build: "ESP8266_4MB", version },
    linkedMap: undefined,
    linkedParams: undefined,
    instructed: {},
    instructedErase: "none",
    parts: [],
    findings,
  });

  it("that is another release than what is on the chip is worth a word", async () => {
    const { quick } = await look(seed(0x6f));
    expect(
      find(diagnose({ survey: quick, package: pkg("2v09", []) }), "finding-not-this-package"),
    ).toMatchObject({
      severity: "note",
      params: {
        here: "espruino ESP8266_4MB 1v95",
        wanted: "espruino ESP8266_4MB 2v09",
        name: "espruino.tgz",
      },
    });
    const same = diagnose({ survey: quick, package: pkg("1v95", []) });
    expect(find(same, "finding-not-this-package")).toBeUndefined();
  });

  it("that contradicts itself is a finding for each contradiction", () => {
    const findings = [
      { code: "package-image-odd", params: { name: "user1.bin", reason: "odd" }, severity: "warning" },
      { code: "package-image-damaged", params: { name: "user1.bin", reason: "bad" }, severity: "error" },
    ] as const;
    const diagnosis = diagnose({ package: pkg("1v95", findings) });
    expect(diagnosis.findings.map(({ severity, params }) => [severity, params.reason])).toEqual([
      ["danger", "user1.bin: bad"],
      ["warning", "user1.bin: odd"],
    ]);
  });
});

describe("a board that crashes with its firmware in order", () => {
  const bootLog = `${BANNER}Fatal exception (28):\n`.repeat(3);

  it("runs a saved program: certain once both were looked at", async () => {
    const files = storageArea([{ name: ".bootcde", content: "while(1);" }], 32, 0x4000);
    const bytes = sdkChip({
      image: board("2v09"),
      sizeFreq: 0x40,
      more: [{ offset: 0x7_7000, bytes: files }],
    });
    const { quick, deep } = await look(bytes);
    expect(find(diagnose({ survey: quick, bootLog }), "finding-saved-code-loop")?.severity).toBe("warning");
    expect(find(diagnose({ survey: deep, bootLog }), "finding-saved-code-loop")).toMatchObject({
      severity: "fatal",
      params: { region: "storage", files: [".bootcde"] },
      fixes: [{ kind: "erase", regions: ["storage"] }],
    });
  });

  it("runs what save() has left in versions without Storage", async () => {
    const saved = saveArea({ size: 0x3000, address: 0x4027_8000, bootCode: "while(1);" });
    const bytes = sdkChip({
      image: board("1v95"),
      sizeFreq: 0x40,
      more: [{ offset: 0x7_8000, bytes: saved }],
    });
    const { deep } = await look(bytes);
    expect(find(diagnose({ survey: deep, bootLog }), "finding-saved-code-loop")).toMatchObject({
      severity: "fatal",
      fixes: [{ kind: "erase", regions: ["saved-code"] }],
    });
  });

  it("does not run files that do not start by themselves", async () => {
    const files = storageArea([{ name: "notes", content: "milk" }], 32, 0x4000);
    const bytes = sdkChip({
      image: board("2v09"),
      sizeFreq: 0x40,
      more: [{ offset: 0x7_7000, bytes: files }],
    });
    const { deep } = await look(bytes);
    expect(find(diagnose({ survey: deep, bootLog }), "finding-saved-code-loop")).toBeUndefined();
  });
});

describeWith(["firmware"], "real files", () => {
  it("of Espruino 2v09 on a board of 4 MB are in order under maps 0 and 4", async () => {
    for (const [sizeFreq, expected] of [
      [0x00, ["note map-smaller", CALIBRATION]],
      [0x40, [CALIBRATION]],
    ] as const) {
      const end = sizeFreq === 0 ? 0x8_0000 : 0x40_0000;
      const bytes = flashWith(
        [
          { offset: 0, bytes: realBoot("1.6", 0, sizeFreq) },
          { offset: 0x1000, bytes: realFirmware("espruinoUser1") },
          { offset: end - 0x4000, bytes: realFirmware("espruinoPhyInit") },
        ],
        4 * MIB,
      );
      const { quick, deep } = await look(bytes);
      expect(told(diagnose({ survey: quick }))).toEqual(expected);
      expect(told(diagnose({ survey: deep }))).toEqual(expected);
    }
  });
});
