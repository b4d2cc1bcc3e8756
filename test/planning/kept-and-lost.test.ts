/**
 * What of a person's data an Espruino finds again, by a table of its own: where each version keeps what, and whose headers it
 * reads, stand here as literals from its source, and are not asked of any layout.
 *
 * @module
 */
import { describe, expect, it } from "vitest";
import { noise } from "../support/content.js";
import { espruinoChip } from "./support/made-chip.js";
import { madeEspruino } from "./support/made-package.js";
import { after, planned, type Wish } from "./support/planned.js";

type Build = "ESP8266_BOARD" | "ESP8266_4MB";
type Stretch = readonly [offset: number, size: number];

const SECTOR = 0x1000;
/** Size of the made images: far from the data of either build. */
const IMAGE_SIZE = 80_004;
const NEXT = ["1v95", "1v97", "1v98", "2v04", "2v05", "2v09", "2v29"] as const;

/** What stands where in the made chips. */
const eeprom: Stretch = [0x77000, 0x1000];
const boardSave: Stretch = [0x78000, 0x3000];
const boardWifi: Stretch = [0x7b000, 0x1000];
const boardStorage: Stretch = [0x77000, 0x4000];
const largeSave: Stretch = [0xeb000, 0x10000];
const largeWifi: Stretch = [0xfb000, 0x1000];
const largeStorage: Stretch = [0xcb000, 0x30000];

interface Row {
  readonly build: Build;
  readonly from: string;
  readonly stored: readonly Stretch[];
  /** Of `stored`, by the version that follows; nothing where a version is not named. */
  readonly kept: Readonly<Partial<Record<(typeof NEXT)[number], readonly Stretch[]>>>;
}

const table: readonly Row[] = [
  {
    build: "ESP8266_BOARD",
    from: "1v95",
    stored: [eeprom, boardSave, boardWifi],
    // `save()` writes files since 1v96; 1v98 puts Storage over the EEPROM page, and Wi-Fi settings into it.
    kept: { "1v95": [eeprom, boardSave, boardWifi], "1v97": [eeprom, boardWifi] },
  },
  {
    build: "ESP8266_BOARD",
    from: "2v04",
    stored: [boardStorage],
    // 1v97 has Storage a sector further on; 2v05 has longer headers.
    kept: { "1v98": [boardStorage], "2v04": [boardStorage] },
  },
  {
    build: "ESP8266_BOARD",
    from: "2v09",
    stored: [boardStorage],
    kept: { "2v05": [boardStorage], "2v09": [boardStorage], "2v29": [boardStorage] },
  },
  {
    build: "ESP8266_4MB",
    from: "1v95",
    stored: [largeSave, largeWifi],
    kept: { "1v95": [largeSave, largeWifi], "1v97": [largeWifi] },
  },
  {
    build: "ESP8266_4MB",
    from: "2v04",
    stored: [largeStorage],
    kept: { "1v97": [largeStorage], "1v98": [largeStorage], "2v04": [largeStorage] },
  },
  {
    build: "ESP8266_4MB",
    from: "2v09",
    stored: [largeStorage],
    kept: { "2v05": [largeStorage], "2v09": [largeStorage], "2v29": [largeStorage] },
  },
];

/** The made chip: the build of 512 KB on such a chip, the other one under its own map. */
function chipOf({ build, from }: Row): Uint8Array {
  return build === "ESP8266_BOARD"
    ? espruinoChip(build, from, { sizeFreq: 0, mapSize: 0x80000, flashSize: 0x80000, size: IMAGE_SIZE })
    : espruinoChip(build, from, { sizeFreq: 0x6f, mapSize: 0x400000, size: IMAGE_SIZE });
}

/** Offsets of the sectors of a stretch that hold anything. */
function filled(flash: Uint8Array, [offset, size]: Stretch): number[] {
  const sectors: number[] = [];
  for (let at = offset; at < offset + size; at += SECTOR) {
    if (flash.subarray(at, at + SECTOR).some((byte) => byte !== 0xff)) sectors.push(at);
  }
  return sectors;
}

/** What becomes of the filled sectors of a stretch, each fate once: `kept`, `lost saved`, `lost unsaved changed`. */
async function fates(row: Row, wish: Wish): Promise<string[][]> {
  const flash = chipOf(row);
  const made = await planned(flash, wish);
  const result = after(made, flash);
  return row.stored.map((stretch) => [
    ...new Set(
      filled(flash, stretch).map((at) => {
        const { fate } = made.plan.accounts.find(
          ({ region }) => at >= region.offset && at < region.offset + region.size,
        )!;
        const isSaved = made.backup.some(({ offset, size }) => at >= offset && at < offset + size);
        const before = flash.subarray(at, at + SECTOR);
        const isSame = Buffer.compare(before, result.subarray(at, at + SECTOR)) === 0;
        if (fate === "kept" && isSame) return "kept";
        return `${fate} ${isSaved ? "saved" : "unsaved"}`;
      }),
    ),
  ]);
}

describe("an update of Espruino", () => {
  const cases = table.flatMap((row) => NEXT.map((to) => [row.build, row.from, to, row] as const));

  it.each(cases)(
    "of %s from %s to %s keeps what that version finds, and saves the rest",
    async (...given) => {
      const [build, , to, row] = given;
      const found = await fates(row, { intent: "update", package: madeEspruino(build, to, IMAGE_SIZE) });
      const expected = row.stored.map((stretch) => [
        row.kept[to]?.includes(stretch) === true ? "kept" : "lost saved",
      ]);
      expect(found).toEqual(expected);
    },
  );
});

describe("an install of the same Espruino", () => {
  it.each(table.map((row) => [row.build, row.from, row] as const))(
    "of %s %s starts clean, and saves what was stored",
    async (build, version, row) => {
      const wish = { intent: "install", package: madeEspruino(build, version, IMAGE_SIZE) } as const;
      expect(await fates(row, wish)).toEqual(row.stored.map(() => ["lost saved"]));
      const flash = chipOf(row);
      const result = after(await planned(flash, wish), flash);
      expect(row.stored.flatMap((stretch) => filled(result, stretch))).toEqual([]);
    },
  );
});

it("the sector in which 1v95 to 1v97 calibrate belongs to calibration, although it lies in the slot", async () => {
  const [row] = table.filter(({ build, from }) => build === "ESP8266_4MB" && from === "1v95");
  const { plan } = await planned(chipOf(row!), {
    intent: "update",
    package: madeEspruino("ESP8266_4MB", "1v97", IMAGE_SIZE),
  });
  const account = plan.accounts.find(
    ({ region }) => region.offset <= 0x80000 && region.offset + region.size > 0x80000,
  )!;
  expect([account.region, account.owner, account.fate]).toEqual([
    { offset: 0x80000, size: SECTOR },
    "rf-cal",
    "kept",
  ]);
});

it("of free flash only the sectors that are lost are saved, and the rest is a program's as before", async () => {
  const flash = espruinoChip("ESP8266_BOARD", "1v95", {
    sizeFreq: 0x40,
    mapSize: 0x400000,
    size: IMAGE_SIZE,
  });
  for (const offset of [0x200000, 0x3fb000]) flash.set(noise(SECTOR, 3), offset);
  // Since 1v98 the sector before the SDK's is calibration, which this build had called free.
  const made = await planned(flash, {
    intent: "update",
    package: madeEspruino("ESP8266_BOARD", "1v98", IMAGE_SIZE),
  });
  const fateAt = (at: number) =>
    made.plan.accounts.find(({ region }) => region.offset <= at && at < region.offset + region.size)?.fate;
  expect([fateAt(0x200000), fateAt(0x3fb000)]).toEqual(["kept", "lost"]);
  const behind = made.backup.filter(({ offset }) => offset >= 0x80000);
  expect(behind).toEqual([{ offset: 0x3fb000, size: SECTOR }]);
});
