/**
 * Espruino, build ESP8266_4MB, which its makers' archives call `esp8266_4mb`, and the two builds for smaller chips that
 * the same board file makes on wish.
 *
 * @module
 */
import { DataFormat } from "../data-formats.js";
import type { FirmwareDefinition, RegionRow } from "./definition.js";
import { espruinoByMap, espruinoFacts } from "./espruino-shared.js";

const BOARD = "boards/ESP8266_4MB.py";
const OTA = "libs/network/esp8266/ota.c";
const full = "ESP8266_4MB";
const custom1MB = "ESP8266_4MB-1MB";
const custom2MB = "ESP8266_4MB-2MB";

// biome-ignore format: a line a region
const rows: readonly RegionRow[] = [
  { id: "boot", from: 0, to: 0x1000, source: "make/targets/ESP8266.make: boot loader and header" },
  { id: "user1", from: 0x1000, to: 0xec000, before: "1v95", source: `${BOARD}: ESP_FLASH_MAX 962560` },
  // ESP_FLASH_MAX lets the image end a sector behind the start of the save area, here and since 2v01; the save area counts.
  { id: "user1", from: 0x1000, to: 0xeb000, since: "1v95", before: "1v96", source: `${BOARD}: saved_code 0xEB000` },
  { id: "user1", from: 0x1000, to: 0xcb000, since: "1v96", builds: [full, custom1MB], source: `${BOARD}: saved_code 0xCB000` },
  { id: "user1", from: 0x1000, to: 0x76000, since: "1v96", builds: [custom2MB], source: `${BOARD} with FLASH_2MB: limit 479232` },
  { id: "saved-code", from: 0x3eb000, to: 0x3fb000, before: "1v95", format: DataFormat.espruinoSave, source: `${BOARD}: saved_code, 16 pages; magic word at 0x3FAFFC` },
  { id: "saved-code", from: 0xeb000, to: 0xfb000, since: "1v95", before: "1v96", format: DataFormat.espruinoSave, source: `${BOARD}: saved_code, 16 pages; magic word at 0xFAFFC` },
  { id: "storage", from: 0xcb000, to: 0xfb000, since: "1v96", before: "2v05", format: DataFormat.espruinoStorage16, source: `${BOARD}: saved_code, 48 pages` },
  { id: "storage", from: 0xcb000, to: 0xfb000, since: "2v05", format: DataFormat.espruinoStorage32, source: `${BOARD}: saved_code, 48 pages; Wi-Fi settings are its file .wificfg` },
  { id: "unused", from: 0xfb000, to: 0xfc000, since: "1v98", maps: [6], source: `${BOARD}: the page of Wi-Fi settings up to 1v97` },
  { id: "reserved", from: 0xfc000, to: 0x100000, maps: [6], source: `${BOARD}: 4 pages, the SDK's on a chip of 1 MB` },
  { id: "user2", from: 0x101000, to: 0x1fc000, maps: [5], builds: [full], source: OTA },
  { id: "user2", from: 0x101000, to: 0x200000, maps: [6], builds: [full], source: `${OTA}; while it runs, Storage is written at 0x1CB000 (since 2v04)` },
  // The update server takes no more than 503808 bytes under these maps, which most images exceed.
  { id: "user2", from: 0x81000, to: 0xfc000, maps: [2, 3, 4], builds: [full, custom2MB], unusable: true, source: `${OTA}; the image is linked for 1024+1024` },
];

/** All versions, under every map. The custom builds exist since 2v05; makers' archives do not hold them. */
export const espruino4mb: FirmwareDefinition = {
  ...espruinoFacts,
  builds: [
    { name: full, linkedMap: 6 },
    { name: custom1MB, linkedMap: 2 },
    { name: custom2MB, linkedMap: 3 },
  ],
  versions: { since: "1v92" },
  rows: [...rows, ...espruinoByMap],
};

/** Names of the builds that have a layout of their own; of them only the first two are published. */
export const EspruinoBuild = {
  board: "ESP8266_BOARD",
  fourMegabytes: full,
  custom1MB,
  custom2MB,
} as const;
export type EspruinoBuild = (typeof EspruinoBuild)[keyof typeof EspruinoBuild];
