/**
 * ESPHome, on the Arduino core with linker scripts without a file system. Names and keys of networks are in the program.
 *
 * @module
 */
import { DataFormat } from "../data-formats.js";
import { Certainty, FirmwareFamily } from "../firmware-id.js";
import { WrittenAt } from "../layout.js";
import { onArduino } from "./arduino.js";
import { type FirmwareDefinition, fromEnd, type RegionRow } from "./definition.js";

const MEGABYTE = 0x10_0000;

// biome-ignore format: a line a region
const rows: readonly RegionRow[] = [
  { id: "app", from: 0x1000, to: fromEnd(0x5000), maxFlash: MEGABYTE, source: "Arduino core: eagle.flash.1m.ld and 512k.ld" },
  { id: "app", from: 0x1000, to: MEGABYTE, minFlash: MEGABYTE + 1, source: "Arduino core: eagle.flash.2m.ld and 4m.ld" },
  { id: "reserved", from: MEGABYTE, to: fromEnd(0x5000), minFlash: MEGABYTE + 1, writtenAt: WrittenAt.update, certainty: Certainty.general, source: "Arduino core: Updater, up to the settings" },
  { id: "settings", from: fromEnd(0x5000), to: fromEnd(0x4000), format: DataFormat.esphomePreferences, source: "ESPHome: components/esp8266/preferences.cpp, at most 512 bytes" },
];

/** Every build. */
export const esphome: FirmwareDefinition = onArduino(FirmwareFamily.esphome, rows);
