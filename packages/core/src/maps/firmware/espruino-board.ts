/**
 * Espruino, build ESP8266_BOARD: the one of 512 KB, which its makers' archives call `esp8266`.
 *
 * @module
 */
import { DataFormat } from "../data-formats.js";
import { Certainty } from "../firmware-id.js";
import type { FirmwareDefinition, RegionRow } from "./definition.js";
import { espruinoByMap, espruinoFacts, freeListOfSmallBuilds } from "./espruino-shared.js";

const BOARD = "boards/ESP8266_BOARD.py";
const OTA = "libs/network/esp8266/ota.c and the linker script of user2";

// biome-ignore format: a line a region
const rows: readonly RegionRow[] = [
  { id: "boot", from: 0, to: 0x1000, source: "make/targets/ESP8266.make: boot loader and header" },
  // ESP_FLASH_MAX is 491520 here, one sector too many: the image would end at 0x79000, behind the start of the save area.
  { id: "user1", from: 0x1000, to: 0x77000, limit: 0x78000, before: "1v88", source: `${BOARD}: saved_code, ESP_FLASH_MAX 491520` },
  { id: "user1", from: 0x1000, to: 0x76000, since: "1v88", source: `${BOARD}: ESP_FLASH_MAX 479232` },
  { id: "unused", from: 0x76000, to: 0x77000, since: "1v88", before: "1v98", source: "user_rf_cal_sector_set means it for map 0 and never selects it" },
  { id: "saved-code", from: 0x78000, to: 0x7b000, before: "1v96", format: DataFormat.espruinoSave, source: `${BOARD}: saved_code, 3 pages; magic word at 0x7AFFC` },
  { id: "storage", from: 0x78000, to: 0x7b000, since: "1v96", before: "1v98", format: DataFormat.espruinoStorage16, source: `${BOARD}: saved_code, 3 pages` },
  { id: "storage", from: 0x77000, to: 0x7b000, since: "1v98", before: "2v05", format: DataFormat.espruinoStorage16, source: `${BOARD}: saved_code, 4 pages; Wi-Fi settings are its file .wificfg` },
  { id: "storage", from: 0x77000, to: 0x7b000, since: "2v05", format: DataFormat.espruinoStorage32, source: `${BOARD}: saved_code, 4 pages; Wi-Fi settings are its file .wificfg` },
  { id: "user2", from: 0x81000, to: 0xf7000, before: "2v00", maps: [2, 3, 4], source: `${OTA}: linked for 0x81000` },
  // Linked for 0x1000 like user1, while the window of a 512+512 map does not move: its code would run in user1.
  { id: "user2", from: 0x81000, to: 0xf7000, since: "2v00", maps: [2, 3, 4], unusable: true, certainty: Certainty.derived, source: `${OTA}: linked for 0x1000 since 2v00` },
  { id: "user2", from: 0x101000, to: 0x1fc000, maps: [5, 6], unusable: true, certainty: Certainty.derived, source: `${OTA}: where an update would go; it is not made for this place` },
];

/** All versions, under every map. */
export const espruinoBoard: FirmwareDefinition = {
  ...espruinoFacts,
  builds: [{ name: "ESP8266_BOARD", linkedMap: 0 }],
  versions: { since: "1v82" },
  rows: [...rows, ...espruinoByMap, ...freeListOfSmallBuilds],
};
