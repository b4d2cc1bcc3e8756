/**
 * Tasmota, on the Arduino core. Its settings rotate through seven sectors.
 *
 * @module
 */
import { DataFormat } from "../data-formats.js";
import { FirmwareFamily } from "../firmware-id.js";
import { WrittenAt } from "../layout.js";
import { onArduino } from "./arduino.js";
import { type FirmwareDefinition, fromEnd, type RegionRow } from "./definition.js";

const MEGABYTE = 0x10_0000;
const S = "Tasmota: settings.ino";

// biome-ignore format: a line a region
const rows: readonly RegionRow[] = [
  { id: "app", from: 0x1000, to: 0xf3000, maxFlash: MEGABYTE, source: `${S}, chips of 1 MB` },
  { id: "app", from: 0x1000, to: 0xf6000, minFlash: MEGABYTE + 1, source: `${S}, chips of 2 MB and more` },
  { id: "reserved", from: 0xf3000, to: 0xf4000, maxFlash: MEGABYTE, writtenAt: WrittenAt.boot, source: `${S}: quick power cycles are counted` },
  { id: "reserved", from: 0xf6000, to: 0xf7000, minFlash: MEGABYTE + 1, writtenAt: WrittenAt.boot, source: `${S}: quick power cycles are counted` },
  { id: "settings", from: 0xf4000, to: 0xfb000, maxFlash: MEGABYTE, format: DataFormat.tasmotaSettings, source: `${S}: names and keys of networks among them, in clear` },
  { id: "settings", from: 0xf7000, to: 0xfe000, minFlash: MEGABYTE + 1, format: DataFormat.tasmotaSettings, source: `${S}: names and keys of networks among them, in clear` },
  { id: "settings", from: 0xff000, to: 0x100000, minFlash: MEGABYTE + 1, format: DataFormat.tasmotaZigbee, source: "Tasmota: Zigbee data at 0xFF800" },
  { id: "file-system", from: 0x100000, to: fromEnd(0x5000), minFlash: MEGABYTE + 1, format: DataFormat.littlefs, source: "Tasmota: LittleFS" },
  { id: "eeprom", from: fromEnd(0x5000), to: fromEnd(0x4000), format: DataFormat.raw, writtenAt: WrittenAt.save, source: "Arduino core: linker scripts" },
];

/** Every build. */
export const tasmota: FirmwareDefinition = onArduino(FirmwareFamily.tasmota, rows);
