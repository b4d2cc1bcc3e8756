/**
 * The ESP8266 as firmware images see it.
 *
 * @module
 */
import type { ImageTarget, MemoryRange } from "../../image/image-target.js";
import { esp8266FlashParams } from "./flash-params.js";

/** CPU address of flash offset 0 in the cache window, which shows 1 MiB at a time. */
export const IROM_ADDRESS = 0x4020_0000;

const range = (name: string, address: number, size: number, uses: Partial<MemoryRange>): MemoryRange => ({
  name,
  address,
  size,
  loadable: false,
  executable: false,
  ...uses,
});

/** Memory of the ESP8266 that an image can name. */
export const esp8266ImageTarget: ImageTarget = {
  name: "ESP8266",
  memory: [
    range("DRAM", 0x3ffe_8000, 0x1_8000, { loadable: true }),
    range("ROM", 0x4000_0000, 0x1_0000, { executable: true }),
    // The upper 32 KiB are the flash cache once it is on; small boot programs are loaded there before that.
    range("IRAM", 0x4010_0000, 0x1_0000, { loadable: true, executable: true }),
    range("IROM", IROM_ADDRESS, 0x10_0000, { loadable: true, executable: true }),
  ],
  flashParams: esp8266FlashParams,
};
