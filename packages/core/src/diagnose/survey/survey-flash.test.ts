import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  flashWith,
  madeArduinoImage,
  madeAtImage,
  madeMicroPython,
  madeNodeMcu,
  madeRboot,
  madeSdkBoot,
  madeUserImage,
  phyInit,
  wifiBlock,
} from "../../../../../test/support/made-firmware.js";
import { realBoot, realFirmware } from "../../../../../test/support/real-firmware.js";
import { describeWith } from "../../../../../test/support/requirements.js";
import type { FirmwarePackage, PackagePart } from "../../packages/firmware-package.js";
import { countedSource, sumOf } from "../counted-source.fixture.js";
import { diagnose } from "../diagnose.js";
import { codecs } from "../prepared-flash.fixture.js";
import { dumpSource } from "../sources/dump-source.js";
import type { Survey } from "../survey.js";
import { QUICK_LIMITS, surveyFlash } from "./survey-flash.js";

const MIB = 0x10_0000;
const espruino4 = () => madeUserImage({ build: "ESP8266_4MB", version: "1v95", size: 509_332 });

/** Espruino 1v95 for 4 MB under a header of one's choice. */
const seedChip = (sizeFreq: number, ...more: { offset: number; bytes: Uint8Array }[]) =>
  flashWith(
    [
      { offset: 0, bytes: madeSdkBoot("1.6", { sizeFreq }) },
      { offset: 0x1000, bytes: espruino4() },
      { offset: 0x3f_c000, bytes: phyInit() },
      ...more,
    ],
    4 * MIB,
  );

const atChip = (size: number) =>
  flashWith(
    [
      { offset: 0, bytes: madeSdkBoot("1.7(5d6f877)", { sizeFreq: 0x60 }) },
      { offset: 0x1000, bytes: madeAtImage() },
      { offset: 0x10_1000, bytes: madeAtImage({ slot: 2 }) },
      { offset: 0x3f_c000, bytes: phyInit() },
    ],
    size,
  );

const settings = () => {
  const sector = new Uint8Array(0x1000).fill(0xff);
  sector.set(wifiBlock({ ssid: "attic", password: "not for you" }));
  return sector;
};

const quick = (bytes: Uint8Array) => surveyFlash(dumpSource(bytes), { depth: "quick" });
const slotsOf = ({ slots }: Survey) =>
  slots.map(({ slot, offset, size, state, linkedParams }) => [
    slot,
    offset,
    size,
    state,
    linkedParams?.size?.name,
  ]);
const contentOf = ({ regions }: Survey, id: string) =>
  regions.find(({ region }) => region.id === id)?.content;

describe("a quick look", () => {
  it("names boot loader, firmware, both maps and what the regions hold", async () => {
    const survey = await quick(seedChip(0x4f));
    expect(survey).toMatchObject({
      depth: "quick",
      flashSize: 4 * MIB,
      firstByte: 0xe9,
      header: { mode: { name: "qio" }, size: { name: "4MB" }, freq: { name: "80m" } },
      bootLoader: { kind: "sdk", version: "1.6" },
      bootFlaws: [],
      activeSlot: "user1",
      firmware: { family: "espruino", build: "ESP8266_4MB", version: "1v95" },
      firmwareCertainty: "source",
    });
    expect(slotsOf(survey)).toEqual([
      ["user1", 0x1000, 509_332, "looks-whole", "4MB-c1"],
      ["user2", 0x8_1000, undefined, "blank", undefined],
    ]);
    expect(contentOf(survey, "saved-code")).toBe("blank");
    expect(contentOf(survey, "phy-init")).toBe("data");
  });

  it("sees settings in the middle of the code, and who wrote them although they hide a header", async () => {
    const survey = await quick(seedChip(0x4f, { offset: 0x7_b000, bytes: settings() }));
    expect(survey.firmware).toEqual({ family: "espruino", build: "ESP8266_4MB", version: "1v95" });
    expect(survey.slots[0]).toMatchObject({ state: "looks-damaged", size: undefined });
    expect(survey.slots[0]?.flaws).toContainEqual({
      code: "evidence-wifi-block",
      params: { offset: 0x7_b000 },
    });
  });

  it("does not take the code of a first slot for a second one", async () => {
    const survey = await quick(seedChip(0x00));
    expect(slotsOf(survey)).toEqual([["user1", 0x1000, 509_332, "looks-whole", "4MB-c1"]]);
  });

  it("finds both slots of an update firmware, and the one that starts", async () => {
    const chip = atChip(4 * MIB);
    chip.set([0xfd, 0xe7], 0x3f_d000);
    chip[0x3f_f000] = 0;
    const survey = await quick(chip);
    expect(slotsOf(survey)).toEqual([
      ["user1", 0x1000, 446_196, "looks-whole", "2MB-c1"],
      ["user2", 0x10_1000, 446_196, "looks-whole", "2MB-c1"],
    ]);
    expect([survey.activeSlot, survey.firmware]).toEqual(["user2", { family: "at", version: "1.7.6" }]);
  });

  it("reads the slot out of the copy that counts, in a record of the release that is on the chip", async () => {
    const chip = atChip(4 * MIB);
    const active = async (flag: number, a: number[], b: number[]) => {
      chip.set([flag], 0x3f_f000);
      chip.set(a, 0x3f_d000);
      chip.set(b, 0x3f_e000);
      return (await quick(chip)).activeSlot;
    };
    expect(await active(0, [0xfd, 0xe7], [0xfc, 0xe7])).toBe("user2");
    expect(await active(1, [0xfd, 0xe7], [0xfc, 0xe7])).toBe("user1");
    expect(await active(0xff, [0xfc, 0xe7], [0xf8, 0xe7])).toBe("user2");
    expect(await active(0, [0xfd, 0xe6], [0xfd, 0xe7])).toBe("user1");
    expect(await active(0, [0xfe, 0xe7], [0xfc, 0xe7])).toBe(undefined);
  });

  it("knows that a slot without a program is not what starts", async () => {
    const chip = atChip(4 * MIB);
    chip.set([0xfc, 0xe7], 0x3f_d000);
    chip[0x3f_f000] = 0;
    chip.fill(0xff, 0x1000, 0x8_0000);
    expect((await quick(chip)).activeSlot).toBe("user2");
  });

  it.each([
    ["arduino", flashWith([{ offset: 0, bytes: madeArduinoImage() }], 4 * MIB), 0x1000],
    ["nodemcu", flashWith(madeNodeMcu(), 4 * MIB), 0],
    ["micropython", flashWith([{ offset: 0, bytes: madeMicroPython() }], 4 * MIB), 0],
    ["rboot", flashWith(madeRboot(), 4 * MIB), 0x2000],
  ])("knows %s and where its application begins", async (family, bytes, offset) => {
    const survey = await quick(bytes);
    expect(survey.firmware.family).toBe(family);
    expect(survey.slots).toMatchObject([{ slot: "app", offset, state: "looks-whole" }]);
  });

  it("says that the header's own image is damaged", async () => {
    const chip = seedChip(0x6f);
    chip[0x200] ^= 1;
    expect((await quick(chip)).bootFlaws).toMatchObject([{ code: "image-checksum-mismatch" }]);
  });

  it("survives a dump of any length", async () => {
    const chip = seedChip(0x6f, { offset: 0x10_1000, bytes: madeAtImage() });
    for (const size of [1, 7, 15, 16, 0x1000, 0x1008, 0x101f, 0x7_0000, 0x7_4000, 0x10_1004]) {
      const survey = await surveyFlash(dumpSource(chip.slice(0, size)), { depth: "deep" });
      expect(survey.flashSize).toBe(size);
    }
  });
});

describe("what a quick look costs", () => {
  it.each([
    ["Espruino, both slots taken", seedChip(0x6f, { offset: 0x10_1000, bytes: espruino4() })],
    ["AT", atChip(4 * MIB)],
    ["AT on 16 MB", atChip(16 * MIB)],
    ["a blank chip", flashWith([], 4 * MIB)],
    ["a blank chip of 16 MB", flashWith([], 16 * MIB)],
    ["noise", seedChip(0x6f).map((_, index) => (index * 2_654_435_761) >>> 13)],
    ["zeros", new Uint8Array(4 * MIB)],
  ])("stays within its limits: %s", async (_, bytes) => {
    const source = countedSource(bytes);
    const survey = await surveyFlash(source, { depth: "quick" });
    expect([survey.readBytes, survey.hashedBytes]).toEqual([sumOf(source.reads), sumOf(source.hashes)]);
    expect(survey.readBytes).toBeLessThanOrEqual(QUICK_LIMITS.readBytes);
    expect(survey.hashedBytes).toBeLessThanOrEqual(QUICK_LIMITS.hashedBytes);
    expect(source.reads.length + source.hashes.length).toBeLessThanOrEqual(60);
  });

  it("is whole words, from whole words on", async () => {
    const source = countedSource(seedChip(0x4f));
    await surveyFlash(source, { depth: "quick" });
    expect(source.reads.filter(({ offset, size }) => offset % 4 !== 0 || size % 4 !== 0)).toEqual([]);
  });

  it("is nothing the second time", async () => {
    const bytes = seedChip(0x4f);
    const earlier = await quick(bytes);
    const source = countedSource(bytes);
    const again = await surveyFlash(source, { depth: "quick", earlier });
    expect([source.reads, source.hashes]).toEqual([[], []]);
    expect(slotsOf(again)).toEqual(slotsOf(earlier));
  });
});

describe("a deep look", () => {
  const deep = (bytes: Uint8Array) => surveyFlash(dumpSource(bytes), { depth: "deep" });

  it("proves an application by its sums", async () => {
    const survey = await deep(seedChip(0x4f));
    expect(survey.depth).toBe("deep");
    expect(survey.slots[0]).toMatchObject({ state: "intact", flaws: [], image: { format: "v2" } });
  });

  it("finds one wrong bit in code that no one runs, which a quick look cannot", async () => {
    const chip = seedChip(0x6f);
    chip[0x2_0000] ^= 0x10;
    expect((await quick(chip)).slots[0]?.state).toBe("looks-whole");
    expect((await deep(chip)).slots[0]).toMatchObject({
      state: "damaged",
      flaws: [{ code: "image-crc-mismatch" }],
    });
  });

  it("says which sectors of the code are erased", async () => {
    const chip = seedChip(0x6f);
    chip.fill(0xff, 0x3_0000, 0x3_2000);
    expect((await deep(chip)).slots[0]?.flaws).toContainEqual({
      code: "evidence-erased-in-image",
      params: { offset: 0x3_0000, size: 0x2000 },
    });
  });

  it("knows of every sector whether it is erased", async () => {
    const chip = seedChip(0x6f);
    chip[0x2a_b123] = 0;
    const { contents, regions } = await deep(chip);
    expect(contents.blank.some(({ offset }) => offset === 0x2a_c000)).toBe(true);
    expect(regions.filter(({ content }) => content === "unseen")).toEqual([]);
    expect(regions.find(({ region }) => region.offset === 0x20_0000)?.content).toBe("partly");
  });

  it("goes on where a quick look ended", async () => {
    const bytes = seedChip(0x6f);
    const earlier = await quick(bytes);
    const source = countedSource(bytes);
    const survey = await surveyFlash(source, { depth: "deep", earlier });
    expect(source.reads).toEqual([{ offset: 0x1000, size: 509_332 }]);
    expect(survey.slots[0]?.state).toBe("intact");
  });

  it("proves MicroPython by the digest that its makers put behind it", async () => {
    const bytes = flashWith([{ offset: 0, bytes: madeMicroPython() }], 4 * MIB);
    expect((await deep(bytes)).slots[0]?.state).toBe("intact");
    bytes[0x2_0000] ^= 1;
    expect((await deep(bytes)).slots[0]).toMatchObject({
      state: "damaged",
      flaws: [{ code: "evidence-digest-mismatch" }],
    });
  });

  it("ends at once when it is aborted", async () => {
    const reason = new Error("enough");
    const source = countedSource(seedChip(0x6f));
    const signal = { aborted: true, reason, addEventListener() {}, removeEventListener() {} };
    await expect(surveyFlash(source, { depth: "deep", signal })).rejects.toBe(reason);
    expect(source.reads).toEqual([]);
  });
});

describe("a look with a package", () => {
  const part = (bytes: Uint8Array): PackagePart => ({
    name: "espruino_esp8266_user1.bin",
    role: "user1",
    place: { from: "start", offset: 0x1000 },
    bytes,
    sha256: "",
  });
  const packageOf = (bytes: Uint8Array): FirmwarePackage => ({
    kind: "espruino-release",
    name: "espruino_1v95_esp8266_4mb",
    firmware: { family: "espruino", build: "ESP8266_4MB", version: "1v95" },
    linkedMap: undefined,
    linkedParams: undefined,
    instructed: {},
    instructedErase: "none",
    parts: [part(bytes)],
    findings: [],
  });

  it("asks for one digest in place of half a megabyte, and knows the bytes all the same", async () => {
    const source = countedSource(seedChip(0x6f));
    const survey = await surveyFlash(source, { depth: "deep", package: packageOf(espruino4()) });
    expect(survey.slots[0]?.state).toBe("intact");
    expect(source.hashes).toContainEqual({ offset: 0x1000, size: 509_332 });
    expect(sumOf(source.reads)).toBeLessThan(0x8000);
    expect(
      survey.contents.bytes.some(({ offset, bytes }) => offset <= 0x1000 && bytes.length > 509_000),
    ).toBe(true);
  });

  it("says in which sectors flash is not the file", async () => {
    const chip = seedChip(0x6f);
    chip.fill(0, 0x3_0100, 0x3_2000);
    const survey = await surveyFlash(dumpSource(chip), { depth: "deep", package: packageOf(espruino4()) });
    expect(survey.slots[0]).toMatchObject({ state: "damaged" });
    expect(survey.slots[0]?.flaws).toContainEqual({
      code: "evidence-differs-from-file",
      params: { offset: 0x3_0000, size: 0x2000, name: "espruino_esp8266_user1.bin" },
    });
  });

  it("tells a quick one within its limits whether the file is there, and calls another release nothing", async () => {
    const source = countedSource(seedChip(0x6f));
    const whole = await surveyFlash(source, { depth: "quick", package: packageOf(espruino4()) });
    expect(whole.slots[0]).toMatchObject({ state: "intact", flaws: [] });
    expect(sumOf(source.hashes)).toBeLessThanOrEqual(0x10_0000);
    const chip = seedChip(0x6f);
    chip[0x3_0100] ^= 1;
    const alone = await surveyFlash(dumpSource(chip), { depth: "quick" });
    expect(alone.slots[0]?.state).toBe("looks-whole");
    const compared = await surveyFlash(dumpSource(chip), { depth: "quick", package: packageOf(espruino4()) });
    expect(compared.slots[0]).toMatchObject({
      state: "looks-damaged",
      flaws: [
        {
          code: "evidence-differs-from-file",
          params: { offset: 0x1000, size: 509_332, name: "espruino_esp8266_user1.bin" },
        },
      ],
    });
    const other = madeUserImage({ build: "ESP8266_4MB", version: "1v94", size: 499_700 });
    const another = { ...packageOf(other), firmware: { ...packageOf(other).firmware, version: "1v94" } };
    const old = await surveyFlash(dumpSource(chip), { depth: "quick", package: another });
    expect(old.slots[0]).toMatchObject({ state: "looks-whole", flaws: [] });
  });

  it("does not call another release damaged", async () => {
    const other = madeUserImage({ build: "ESP8266_4MB", version: "1v94", size: 499_700 });
    const survey = await surveyFlash(dumpSource(seedChip(0x6f)), {
      depth: "deep",
      package: packageOf(other),
    });
    expect(survey.slots[0]).toMatchObject({ state: "intact", firmware: { version: "1v95" } });
  });
});

describe("any flash", () => {
  it("is looked at and judged without an exception, within the limits", async () => {
    const whole = seedChip(0x4f, { offset: 0x8_1000, bytes: madeAtImage() }).slice(0, 0x10_0000);
    const change = fc.record({
      offset: fc.oneof(
        fc.integer({ min: 0, max: 0x40 }),
        fc.integer({ min: 0x1000, max: 0x1020 }),
        fc.integer({ min: 0x7_3000, max: 0x7_e000 }),
        fc.integer({ min: 0, max: whole.length - 1 }),
      ),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 6 }),
        fc.integer({ min: 1, max: whole.length }),
        async (changes, size) => {
          const flash = whole.slice();
          for (const { offset, bytes } of changes)
            flash.set(bytes.subarray(0, flash.length - offset), offset);
          const source = countedSource(flash.subarray(0, size));
          const quickly = await surveyFlash(source, { depth: "quick", codecs });
          expect(sumOf(source.reads)).toBeLessThanOrEqual(QUICK_LIMITS.readBytes);
          expect(sumOf(source.hashes)).toBeLessThanOrEqual(QUICK_LIMITS.hashedBytes);
          const deeply = await surveyFlash(source, { depth: "deep", earlier: quickly, codecs });
          for (const survey of [quickly, deeply]) {
            expect(diagnose({ survey, bootLog: "Fatal exception (3):\n" }).depth).toBe(survey.depth);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describeWith(["firmware"], "real files", () => {
  const espruino = () =>
    flashWith(
      [
        { offset: 0, bytes: realBoot("1.6", 0, 0x40) },
        { offset: 0x1000, bytes: realFirmware("espruinoUser1") },
        { offset: 0x3f_c000, bytes: phyInit() },
      ],
      4 * MIB,
    );

  it("of Espruino 2v09 are named quickly and proven deeply", async () => {
    const source = countedSource(espruino());
    const survey = await surveyFlash(source, { depth: "quick" });
    expect(survey.firmware).toEqual({ family: "espruino", build: "ESP8266_BOARD", version: "2v09" });
    expect(sumOf(source.reads)).toBeLessThan(20_000);
    const proven = await surveyFlash(source, { depth: "deep", earlier: survey });
    expect(proven.slots[0]?.state).toBe("intact");
  });

  it("of AT are named quickly and proven deeply, in both slots", async () => {
    const bytes = flashWith(
      [
        { offset: 0, bytes: realBoot("1.7", 0, 0x60) },
        { offset: 0x1000, bytes: realFirmware("atUser1") },
        { offset: 0x10_1000, bytes: realFirmware("atUser2") },
      ],
      4 * MIB,
    );
    const source = countedSource(bytes);
    const survey = await surveyFlash(source, { depth: "quick" });
    expect(survey.firmware).toEqual({ family: "at", version: "1.7.6" });
    expect(survey.readBytes).toBeLessThanOrEqual(QUICK_LIMITS.readBytes);
    const proven = await surveyFlash(source, { depth: "deep", earlier: survey });
    expect(proven.slots.map(({ state }) => state)).toEqual(["intact", "intact"]);
  });
});
