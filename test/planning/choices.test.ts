/** Map, mode, frequency, slot and PHY init data: what a plan chooses, why, and what it refuses. @module */
import {
  esp8266,
  esp8266FlashParams,
  type FlashPlan,
  isFlasherError,
  parseFlashSize,
} from "@flashwright/core";
import { type FirmwarePackage, openPackage } from "@flashwright/core/packages";
import { describe, expect, it } from "vitest";
import { phyInit, startSlot } from "../support/made-firmware.js";
import { madeRelease, releaseFiles } from "../support/release-archives.js";
import { atChip, espruinoChip } from "./support/made-chip.js";
import { madeAt, madeEspruino } from "./support/made-package.js";
import { after, planned, story, type Wish, words } from "./support/planned.js";

const blank = (size: number) => new Uint8Array(size).fill(0xff);
const MB = 0x100000;
const size = (name: string) => ({ size: parseFlashSize(name, esp8266FlashParams) });
const fourMB = madeEspruino("ESP8266_4MB", "2v09");
const board = madeEspruino("ESP8266_BOARD", "2v09");
const on4MB = { sizeFreq: 0x40, mapSize: 0x400000 };

/** `dio mode-usual`, a field each. */
function header({ header }: FlashPlan): string[] {
  return [header!.mode, header!.freq, header!.size].map(({ name, reason }) => `${name} ${reason.code}`);
}

async function refusal(flash: Uint8Array, wish: Wish) {
  try {
    await planned(flash, wish);
  } catch (error) {
    if (isFlasherError(error)) return { code: error.code, message: error.message, hint: error.hint };
    throw error;
  }
  return undefined;
}

describe("the map", () => {
  it.each<[string, FirmwarePackage, number, string]>([
    ["ESP8266_4MB on 4 MB", fourMB, 4 * MB, "4MB-c1 map-linked"],
    ["ESP8266_4MB on 16 MB", fourMB, 16 * MB, "4MB-c1 map-linked"],
    ["ESP8266_BOARD on 4 MB", board, 4 * MB, "512KB map-linked"],
    ["AT on 4 MB", madeAt(), 4 * MB, "2MB-c1 map-linked"],
  ])("of %s is the one that it was linked for, never the chip's", async (_, pack, flashSize, expected) => {
    const { plan } = await planned(blank(flashSize), { intent: "install", package: pack });
    expect(header(plan)[2]).toBe(expected);
  });

  it("that was asked for and contradicts the package is refused with both numbers", async () => {
    expect(await refusal(blank(4 * MB), { intent: "install", package: fourMB, header: size("4MB") })).toEqual(
      {
        code: "map-contradicts-package",
        message:
          "ESP8266_4MB 2v09 was built for 4MB-c1: 4 MB (4194304 bytes), split 1024+1024. 4MB is 4 MB (4194304 bytes), split 512+512.",
        hint: "Leave out `--flash-size`; only if you know better, add `--force`.",
      },
    );
  });

  it("that was forced is written, and the plan says what will go wrong", async () => {
    const pack = madeEspruino("ESP8266_4MB", "1v95");
    const { plan } = await planned(blank(4 * MB), {
      intent: "install",
      package: pack,
      header: size("4MB"),
      force: true,
    });
    expect(header(plan)[2]).toBe("4MB map-forced");
    expect(plan.warnings.filter(({ code }) => code.startsWith("hazard-"))).not.toEqual([]);
  });

  it("is that of the chip on an update where the firmware runs with it", async () => {
    const flash = espruinoChip("ESP8266_BOARD", "2v04", on4MB);
    const { plan } = await planned(flash, { intent: "update", package: board });
    expect(header(plan)[2]).toBe("4MB map-kept");
    const clean = await planned(flash, { intent: "install", package: board });
    expect(header(clean.plan)[2]).toBe("512KB map-linked");
  });

  it.each([
    [
      512 * 1024,
      "ESP8266_4MB 2v09 needs 4 MB (4194304 bytes) of flash (4MB-c1), the chip has only 512 KB (524288 bytes).",
    ],
    [
      MB,
      "ESP8266_4MB 2v09 needs 4 MB (4194304 bytes) of flash (4MB-c1), the chip has only 1 MB (1048576 bytes).",
    ],
  ])("of ESP8266_4MB does not fit %i bytes", async (flashSize, message) => {
    expect(await refusal(blank(flashSize), { intent: "install", package: fourMB })).toMatchObject({
      code: "map-exceeds-chip",
      message,
    });
  });

  it.each([
    [479_232, undefined],
    [479_233, "image-exceeds-layout"],
  ])("leaves a program room up to its limit: %i bytes", async (size, expected) => {
    const parts = board.parts.map((part) => {
      const bytes = new Uint8Array(size).fill(0xff);
      bytes.set(part.bytes.subarray(0, size));
      return part.role === "user1" ? { ...part, bytes } : part;
    });
    const wish = { intent: "install", package: { ...board, parts } } as const;
    expect((await refusal(blank(4 * MB), wish))?.code).toBe(expected);
  });
});

describe("mode and frequency", () => {
  const install = (more: Partial<Wish>, flash: Uint8Array = blank(4 * MB)) =>
    planned(flash, { intent: "install", package: fourMB, ...more }).then(({ plan }) => header(plan));
  const mode = (name: string) => ({
    mode: esp8266FlashParams.modes.find((known) => known.name === name),
  });

  it.each([
    [0x1640e0, "qio mode-of-flash-chip"],
    [0x1640c8, "dio mode-of-flash-chip"],
    [0x1620c2, "dout mode-of-flash-chip"],
    [0x1640aa, "dio mode-usual"],
  ])("of the flash chip %i: %s", async (flashId, expected) => {
    expect((await install({ flashId }))[0]).toBe(expected);
  });

  it("are what was asked for, whatever is known of the chip", async () => {
    expect(await install({ flashId: 0x1620c2, header: mode("qio") })).toEqual([
      "qio header-as-asked",
      "80m freq-linked",
      "4MB-c1 map-linked",
    ]);
  });

  it("are DOUT with the flash inside the chip", async () => {
    expect((await install({ flashId: 0x1640e0, embeddedFlash: MB }))[0]).toBe("dout mode-embedded");
  });

  it("stay on an update, for the board starts with them", async () => {
    const flash = espruinoChip("ESP8266_4MB", "2v04", { sizeFreq: 0x60, mapSize: 4 * MB });
    expect(await install({ intent: "update", flashId: 0x1640e0 }, flash)).toEqual([
      "dio header-as-present",
      "40m header-as-present",
      "4MB-c1 map-kept",
    ]);
  });

  it("of a command line or a build that somebody made for the board count, those of a release do not", async () => {
    const instructed = { ...fourMB, instructed: mode("dout") };
    expect((await install({ package: instructed }))[0]).toBe("dio mode-usual");
    expect((await install({ package: { ...instructed, kind: "command-line" } }))[0]).toBe(
      "dout header-as-instructed",
    );
    expect((await install({ package: { ...instructed, kind: "flasher-args" } }))[0]).toBe(
      "dout header-as-instructed",
    );
    expect((await install({ package: { ...instructed, kind: "manifest" } }))[0]).toBe("dio mode-usual");
  });
});

describe("the slot", () => {
  /** AT whose user2 starts. */
  function otherSlot(): Uint8Array {
    const flash = atChip();
    flash.set(flash.slice(0x1000, 0x1000 + 446_196), 0x101000);
    flash[0x101003] = 2;
    startSlot(flash, 0x200000, 2);
    return flash;
  }

  it("that starts is user1 again after it was written while user2 was active", async () => {
    const { plan, survey } = await planned(otherSlot(), { intent: "update", package: madeAt() });
    expect(survey.activeSlot).toBe("user2");
    expect(plan.boots).toEqual({ slot: "user1", offset: 0x1000 });
    expect(plan.warnings.map(({ code }) => code)).toEqual(["slot-reset-to-user1"]);
    expect(story(plan).filter((line) => line.includes("0x1ff000") || line.includes("0x1fd000"))).toEqual([
      "0x1fd000..0x1fdfff written system-params <system-params> written-for-slot backed up",
      "0x1ff000..0x1fffff kept boot-flag <boot-flag> sector-untouched",
    ]);
  });

  it("that is active is written where that was asked for, and its flag stays", async () => {
    const { plan } = await planned(otherSlot(), { intent: "update", package: madeAt(), slot: "user2" });
    expect(plan.boots).toEqual({ slot: "user2", offset: 0x101000 });
    expect(plan.images.map(({ name, offset }) => [name, offset])).toEqual([
      ["boot_v1.7.bin", 0],
      ["user2.2048.new.5.bin", 0x101000],
    ]);
    expect(plan.erases).toEqual([]);
    expect(story(plan).at(-2)).toBe("0x1ff000..0x1fffff kept boot-flag <boot-flag> sector-untouched");
  });

  it.each<[string, Uint8Array, Partial<Wish>, string]>([
    ["user2 while user1 starts", atChip(), { package: madeAt() }, "slot-not-active"],
    [
      "user2 of a map in which it cannot run",
      user2Of(espruinoChip("ESP8266_BOARD", "2v09", on4MB)),
      { package: board },
      "slot-not-usable",
    ],
    [
      "a slot that the package does not have",
      otherSlot(),
      { package: { ...fourMB, parts: fourMB.parts.filter(({ role }) => role !== "user2") } },
      "slot-not-in-package",
    ],
  ])("is not %s", async (_, flash, more, code) => {
    const refused = await refusal(flash, { intent: "update", package: fourMB, slot: "user2", ...more });
    expect(refused?.code).toBe(code);
  });

  function user2Of(flash: Uint8Array): Uint8Array {
    flash.set(flash.slice(0x1000, 0x76000), 0x81000);
    flash[0x81003] = 1;
    startSlot(flash, flash.length, 2);
    return flash;
  }
});

describe("PHY init data", () => {
  const without = (pack: FirmwarePackage): FirmwarePackage => ({
    ...pack,
    parts: pack.parts.filter(({ role }) => role !== "phy-init"),
  });
  const written = async (flash: Uint8Array, wish: Wish) => {
    const { plan, data } = await planned(flash, wish);
    const write = plan.writes.find(({ region }) => region.offset === 0x3fc000);
    return { plan, bytes: write && data.get(write.sha256)!.slice(0, 128) };
  };

  it("is the package's on an install, and stays on an update", async () => {
    const flash = espruinoChip("ESP8266_4MB", "2v04", { sizeFreq: 0x6f, mapSize: 4 * MB });
    flash[0x3fc000 + 48] = 0;
    const installed = await written(flash, { intent: "install", package: fourMB });
    expect(installed.bytes).toEqual(phyInit(8));
    const updated = await written(flash, { intent: "update", package: fourMB });
    expect(updated.bytes).toBeUndefined();
    expect(story(updated.plan)).toContain("0x3fc000..0x3fcfff kept phy-init <phy-init> kept-phy-init");
  });

  it("is written on an update where it is missing", async () => {
    const flash = espruinoChip("ESP8266_4MB", "2v04", { sizeFreq: 0x6f, mapSize: 4 * MB });
    flash.fill(0xff, 0x3fc000, 0x3fd000);
    expect((await written(flash, { intent: "update", package: fourMB })).bytes).toEqual(phyInit(8));
  });

  it.each([
    ["2v09", 8],
    ["1v95", 5],
  ] as const)("is made for %s where the package brings none, in version %i", async (version, kind) => {
    const pack = without(madeEspruino("ESP8266_4MB", version));
    const { bytes, plan } = await written(blank(4 * MB), { intent: "install", package: pack });
    expect(bytes).toEqual(phyInit(kind));
    expect(plan.warnings).toEqual([{ code: "phy-init-made", params: { version: kind, offset: 0x3fc000 } }]);
  });

  it("goes where the map in force has it, whatever place instructions for another map give it", async () => {
    const command =
      "esptool.py write_flash -fs 32m 0 boot_v1.6.bin 0x1000 espruino_esp8266_user1.bin " +
      "0x3FC000 esp_init_data_default.bin 0x3FE000 blank.bin";
    const release = releaseFiles(madeRelease("ESP8266_BOARD", "2v09", 80_004));
    const files = release.map(({ path, bytes }) => ({ path: path.slice(path.lastIndexOf("/") + 1), bytes }));
    const named = files.filter(({ path }) => command.includes(path));
    const script = { path: "flash.sh", bytes: new TextEncoder().encode(command) };
    const made = await planned(blank(4 * MB), {
      intent: "install",
      package: openPackage([script, ...named]),
    });
    expect(header(made.plan)[2]).toBe("512KB map-linked-not-instructed");
    const result = after(made, blank(4 * MB));
    expect([result[0x7c000], result[0x3fc000]]).toEqual([0x05, 0xff]);
    expect(words(made.plan)).toContain(
      "The package's radio defaults go to 0x0007c000, where the firmware looks for it under this map, and not to 0x003fc000.",
    );
  });

  it("is made to wish", async () => {
    const wish = { intent: "install", package: fourMB, phyInit: { crystalMHz: 40 } } as const;
    expect((await written(blank(4 * MB), wish)).bytes).toEqual(phyInit(8, 0));
  });
});

describe("a package without a boot loader", () => {
  const user1 = { ...fourMB, parts: fourMB.parts.filter(({ role }) => role === "user1") };

  it("runs under the one on the chip, whose header is put right", async () => {
    const flash = espruinoChip("ESP8266_4MB", "2v04", { sizeFreq: 0x40, mapSize: 4 * MB });
    const { plan, data } = await planned(flash, { intent: "update", package: user1 });
    const expected = flash.slice(0, 0x1000);
    expected[3] = 0x60;
    expect(data.get(plan.writes[0]!.sha256)!.slice(0, 0x1000)).toEqual(expected);
    expect(header(plan)[2]).toBe("4MB-c1 map-linked");
  });

  it("is refused where there is none", async () => {
    expect((await refusal(blank(4 * MB), { intent: "install", package: user1 }))?.code).toBe(
      "package-without-boot",
    );
  });
});

it("names of modes and frequencies are those of the tables", () => {
  const { chips, embedded, usual, bySpeed, attempts } = esp8266.flashModes;
  const modes = esp8266FlashParams.modes.map(({ name }) => name);
  expect([...bySpeed].sort()).toEqual([...modes].sort());
  for (const { mode } of [...chips, usual, ...attempts, { mode: embedded }]) expect(modes).toContain(mode);
  const freqs = esp8266FlashParams.freqs.map(({ name }) => name);
  for (const { freq } of [usual, ...attempts]) expect(freqs).toContain(freq);
});
