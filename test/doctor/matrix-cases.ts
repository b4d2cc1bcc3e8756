/** Contents for every cell of the compatibility matrix. @module */
import { type EspruinoChipOptions, espruinoChip, madeSdkBoot } from "../support/made-firmware.js";
import { type ChipCase, type Expectation, healthy, type Worst } from "./chip-case.js";
import { userImage } from "./images.js";
import { type Cell, type MapColumn, type MatrixRow, mapColumns, matrix } from "./matrix.js";
import type { Choice } from "./random.js";

const MB = 0x100000;

/** Sizes of chips on which somebody uses a map; a chip is never smaller than its map here. */
const chipSizes: Readonly<Record<MapColumn, readonly number[]>> = {
  0: [MB / 2, MB, 2 * MB, 4 * MB],
  2: [MB, 2 * MB, 4 * MB],
  3: [2 * MB, 4 * MB],
  4: [4 * MB, 16 * MB],
  5: [2 * MB, 4 * MB],
  6: [4 * MB, 16 * MB],
  8: [8 * MB, 16 * MB],
};

const credentials = { ssid: "workshop", password: "correct horse" };

/** The rows of the table: every cell. */
export const matrixRows: readonly { row: string; make: (choice: Choice) => ChipCase }[] = matrix.flatMap(
  (row) =>
    mapColumns.map((map) => {
      const name = `${row.name} | map ${map === 8 ? "8/9" : map}: ${row.cells[map].verdict}`;
      return { row: name, make: (choice: Choice) => makeCase(name, row, map, choice) };
    }),
);

function makeCase(name: string, row: MatrixRow, map: MapColumn, choice: Choice): ChipCase {
  const options = chooseChip(row, map, choice);
  const cell = row.cells[map];
  const life = choice.pick(livesOf(cell));
  const flash = life.make(options);
  const { version, user1, sizeFreq, chipSize } = options;
  const about = `${options.build} ${version} of ${user1.length} bytes, header 0x${sizeFreq.toString(16)}, chip 0x${chipSize.toString(16)}, ${life.name}`;
  const firmware = { family: "espruino", build: options.build, version } as const;
  const isWhole = cell.verdict === "ok" || cell.verdict === "limited";
  // On a smaller chip no map fits this build, and no fix can.
  const isCurable = options.build === "ESP8266_BOARD" || options.chipSize >= 4 * MB;
  const files = {
    boot: { offset: 0, bytes: madeSdkBoot("1.6") },
    user1: { offset: 0x1000, bytes: options.user1 },
  };
  return {
    row: name,
    about,
    flash,
    ...(isWhole && { firmware }),
    ...(isCurable && { files }),
    expected: { quick: life.expected },
  };
}

function chooseChip(row: MatrixRow, map: MapColumn, choice: Choice): EspruinoChipOptions {
  const chipSize = choice.pick(chipSizes[map].filter((size) => row.build === "ESP8266_BOARD" || size >= MB));
  const code = map === 8 && chipSize === 16 * MB ? 9 : map;
  const version = choice.pick(row.versions);
  return {
    build: row.build,
    version,
    user1: userImage(row.build, version, choice.pick(row.sizes)),
    mode: choice.pick([0, 2]),
    sizeFreq: (code << 4) | choice.pick([0x0, 0xf]),
    chipSize,
    boot: code > 6 ? "1.7(5d6f877)" : "1.6",
  };
}

/** A way in which a content came about, and what must be found then. */
interface Life {
  readonly name: string;
  readonly make: (options: EspruinoChipOptions) => Uint8Array;
  readonly expected: Expectation;
}

const fresh = (options: EspruinoChipOptions) => espruinoChip(options);
const ran = (options: EspruinoChipOptions) => espruinoChip({ ...options, ran: true });
const saved = (options: EspruinoChipOptions) =>
  espruinoChip({ ...options, ran: true, saved: { files: [{ name: "app.js", content: "LED1.set();\n" }] } });
const withWifi = (options: EspruinoChipOptions) =>
  espruinoChip({ ...options, ran: true, saved: {}, wifi: credentials });

/** Written for the map that the firmware was linked for, and then given another header: a combined file with `keep`. */
function headerAlone(options: EspruinoChipOptions): Uint8Array {
  const right = options.build === "ESP8266_4MB" ? 0x60 : 0x00;
  const mapped = options.build === "ESP8266_4MB" && options.chipSize >= 4 * MB;
  const flash = espruinoChip({ ...options, sizeFreq: mapped ? right : options.sizeFreq });
  return withHeader(flash, options.sizeFreq);
}

function withHeader(flash: Uint8Array, sizeFreq: number): Uint8Array {
  flash[3] = sizeFreq;
  return flash;
}

function livesOf(cell: Cell): Life[] {
  const all = (lives: Record<string, Life["make"]>, expected: Expectation) =>
    Object.entries(lives).map(([name, make]) => ({ name, make, expected }));
  const worst = (...severities: Worst[]): Expectation => ({ worst: severities });
  switch (cell.verdict) {
    case "ok":
      return all({ fresh, ran, saved, withWifi }, healthy);
    case "limited":
      return all({ fresh, ran, saved, withWifi }, worst("warning"));
    case "fatal-at-wifi-save":
      return [...all({ fresh, ran, saved }, worst("danger")), ...all({ withWifi }, worst("fatal"))];
    case "fatal":
      return all({ fresh, headerAlone, ran }, worst("fatal"));
    case "undefined":
      return all({ fresh, ran }, worst("warning", "danger", "fatal"));
    case "forbidden":
      return all({ fresh }, worst("danger", "fatal"));
  }
}
