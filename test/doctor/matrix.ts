/**
 * Which Espruino build runs under which flash map, from its sources, as a literal. The campaign takes its expectations from
 * here and not from core's layouts, which core's own judgement is derived from.
 *
 * @module
 */
import type { EspruinoBuild } from "../support/made-firmware.js";

/** What a cell says. */
export type Cell =
  /** Works; what does not (updates over the network, the list of free flash) is worth a note at most. */
  | { readonly verdict: "ok"; readonly text: string }
  /** Works, and something is amiss: no update over the network, a wrong list of free flash. */
  | { readonly verdict: "limited"; readonly text: string }
  /** Destroys code when Wi-Fi settings are saved. */
  | { readonly verdict: "fatal-at-wifi-save"; readonly text: string }
  /** Destroys code, or does not start, by itself. */
  | { readonly verdict: "fatal"; readonly text: string }
  /** Codes behind the end of the firmware's own table. */
  | { readonly verdict: "undefined"; readonly text: string }
  /** The calibration sector is sector 0, where the boot loader lies. */
  | { readonly verdict: "forbidden"; readonly text: string };

/** Flash map codes of the columns; the last one stands for 8 and 9. */
export const mapColumns = [0, 2, 3, 4, 5, 6, 8] as const;
export type MapColumn = (typeof mapColumns)[number];

/** One build in a range of releases. */
export interface MatrixRow {
  readonly name: string;
  readonly build: EspruinoBuild;
  readonly versions: readonly string[];
  /** Bytes of user1, as such a build has them. */
  readonly sizes: readonly number[];
  readonly cells: Readonly<Record<MapColumn, Cell>>;
}

const cell =
  <V extends Cell["verdict"]>(verdict: V) =>
  (text: string) => ({ verdict, text });
const ok = cell("ok");
const limited = cell("limited");
const atWifiSave = cell("fatal-at-wifi-save");
const fatal = cell("fatal");
const unknown = cell("undefined");
const forbidden = cell("forbidden");

const BOARD_SIZES = [438_276, 459_620, 466_260, 479_220] as const;

/** Every cell. */
export const matrix: readonly MatrixRow[] = [
  {
    name: "ESP8266_BOARD up to 1v97",
    build: "ESP8266_BOARD",
    versions: ["1v88", "1v91", "1v94", "1v95", "1v96", "1v97"],
    sizes: BOARD_SIZES,
    cells: {
      0: ok("OK (any chip from 512 KB)"),
      2: ok("OK"),
      3: ok("OK"),
      4: ok("OK"),
      5: ok("OK, no OTA, bad free list"),
      6: ok("OK, no OTA, wifi page moves"),
      8: unknown("undefined"),
    },
  },
  {
    name: "ESP8266_BOARD since 1v98",
    build: "ESP8266_BOARD",
    versions: ["1v98", "1v99", "2v00", "2v04", "2v09", "2v15", "2v29"],
    sizes: BOARD_SIZES,
    cells: {
      0: ok("OK"),
      2: ok("OK (do not use 0xFB000; no OTA since 2v00)"),
      3: ok("OK (no OTA since 2v00)"),
      4: ok("OK (no OTA since 2v00)"),
      5: ok("OK but free list overlaps user2"),
      6: ok("OK, no OTA"),
      8: forbidden("forbidden (RF-cal in sector 0)"),
    },
  },
  {
    name: "ESP8266_4MB 1v92-1v94, ends behind 0x7B000",
    build: "ESP8266_4MB",
    versions: ["1v92", "1v93", "1v94"],
    sizes: [505_012, 513_044],
    cells: {
      0: fatal("fatal (SDK tail 0x7C000 inside 0.5 MB)"),
      2: atWifiSave("fatal at wifi.save; save() at 0x3EB000 outside declared size"),
      3: atWifiSave("idem"),
      4: atWifiSave("fatal at wifi.save"),
      5: atWifiSave("idem"),
      6: ok("OK"),
      8: unknown("undefined"),
    },
  },
  {
    name: "ESP8266_4MB 1v92-1v94, ends before 0x7B000",
    build: "ESP8266_4MB",
    versions: ["1v92", "1v93", "1v94"],
    sizes: [490_004, 499_700],
    cells: {
      0: limited("not fatal; save() at 0x3EB000 outside declared size"),
      2: limited("save() at 0x3EB000 outside declared size"),
      3: limited("idem"),
      4: limited("reported fine"),
      5: limited("idem"),
      6: ok("OK"),
      8: unknown("undefined"),
    },
  },
  {
    name: "ESP8266_4MB 1v95, ends at 0x7D593",
    build: "ESP8266_4MB",
    versions: ["1v95"],
    sizes: [509_332],
    cells: {
      0: fatal("fatal: 0x7C000-0x7D593 is both code and SDK tail; wifi.save too"),
      2: atWifiSave("fatal at wifi.save"),
      3: atWifiSave("fatal at wifi.save"),
      4: atWifiSave("fatal at wifi.save"),
      5: atWifiSave("fatal at wifi.save"),
      6: ok("OK"),
      8: unknown("undefined"),
    },
  },
  {
    name: "ESP8266_4MB 1v96-1v97",
    build: "ESP8266_4MB",
    versions: ["1v96", "1v97"],
    sizes: [513_044, 517_332, 520_180],
    cells: {
      0: fatal("fatal"),
      2: atWifiSave("fatal at wifi.save"),
      3: atWifiSave("same"),
      4: atWifiSave("same"),
      5: atWifiSave("same"),
      6: ok("OK (up to 520192 bytes)"),
      8: unknown("undefined"),
    },
  },
  {
    name: "ESP8266_4MB since 1v98",
    build: "ESP8266_4MB",
    versions: ["1v98", "1v99", "2v00", "2v04", "2v09", "2v15", "2v29"],
    sizes: [530_004, 700_004, 827_380],
    cells: {
      0: fatal("fatal at first boot (RF-cal 0x7B000 + tail 0x7C000 inside code)"),
      2: limited("fits (this is the 1 MB layout); OTA slot 0x81000 would hit user1"),
      3: limited("runs; getFree lists 0x80000 (code) and 0xF7000 (Storage tail) as free"),
      4: limited("as map 3"),
      5: limited("as map 3"),
      6: ok("OK"),
      8: forbidden("forbidden"),
    },
  },
];
