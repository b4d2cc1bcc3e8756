/** Real firmware, read where it is available: only in suites of `describeWith(["firmware"], ...)`. @module */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { firmwareFolder } from "./requirements.js";

const files = {
  /** Espruino 2v09, ESP8266_BOARD, user1: 466 260 bytes. */
  espruinoUser1: "espruino-2v09-esp8266/espruino_esp8266_user1.bin",
  espruinoPhyInit: "espruino-2v09-esp8266/esp_init_data_default.bin",
  /** AT 1.7.6 for 1024+1024 maps: 446 196 bytes each. */
  atUser1: "esp8266-at-1024+1024/user1.2048.new.5.bin",
  atUser2: "esp8266-at-1024+1024/user2.2048.new.5.bin",
  boot16: "esp8266-sdk/boot_v1.6.bin",
  boot17: "esp8266-sdk/boot_v1.7.bin",
  blank: "esp8266-sdk/blank.bin",
  phyInit5: "esp8266-sdk/esp_init_data_default_v05.bin",
  phyInit8: "esp8266-sdk/esp_init_data_default_v08.bin",
} as const;
export type RealFirmware = keyof typeof files;

/** A copy of a real file, to change as one likes. @throws Error where there is no real firmware */
export function realFirmware(name: RealFirmware): Uint8Array {
  return new Uint8Array(readFileSync(join(firmwareFolder(), files[name])));
}

/** A real boot loader with its mode and its map and frequency set, as flashing does. */
export function realBoot(version: "1.6" | "1.7", mode: number, sizeFreq: number): Uint8Array {
  const bytes = realFirmware(version === "1.6" ? "boot16" : "boot17");
  bytes[2] = mode;
  bytes[3] = sizeFreq;
  return bytes;
}
