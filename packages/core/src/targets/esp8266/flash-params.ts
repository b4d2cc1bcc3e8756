/**
 * Flash mode, frequency and size codes of the ESP8266: bytes 2 and 3 of an image header.
 *
 * The size codes are the SDK's `enum flash_size_map`; the boot ROM ignores them, the second boot and the SDK do not.
 *
 * @module
 */
import type { FlashParamTables, FlashSize } from "../../image/flash-params.js";

const size = (
  code: number,
  [name, megabitName, guiName]: readonly [string, string, string],
  bytes: number,
  split: string,
  user2Offset?: number,
): FlashSize => ({ code, name, megabitName, guiName, size: bytes, split, user2Offset });

/** Sizes in the order of their codes. 8MB and 16MB need boot_v1.7 or newer. */
const sizes: readonly FlashSize[] = [
  size(0x00, ["512KB", "4m", "4Mbit"], 0x8_0000, "256+256", 0x4_1000),
  size(0x10, ["256KB", "2m", "2Mbit"], 0x4_0000, "256"),
  size(0x20, ["1MB", "8m", "8Mbit"], 0x10_0000, "512+512", 0x8_1000),
  size(0x30, ["2MB", "16m", "16Mbit"], 0x20_0000, "512+512", 0x8_1000),
  size(0x40, ["4MB", "32m", "32Mbit"], 0x40_0000, "512+512", 0x8_1000),
  size(0x50, ["2MB-c1", "16m-c1", "16Mbit-C1"], 0x20_0000, "1024+1024", 0x10_1000),
  size(0x60, ["4MB-c1", "32m-c1", "32Mbit-C1"], 0x40_0000, "1024+1024", 0x10_1000),
  // Kept so that a header with this code can be named; no SDK supports the split.
  { ...size(0x70, ["4MB-c2", "32m-c2", "32Mbit-C2"], 0x40_0000, "2048+2048"), discouraged: true },
  size(0x80, ["8MB", "64m", "64Mbit"], 0x80_0000, "1024+1024", 0x10_1000),
  size(0x90, ["16MB", "128m", "128Mbit"], 0x100_0000, "1024+1024", 0x10_1000),
];

/** All codes of header bytes 2 and 3. */
export const esp8266FlashParams: FlashParamTables = {
  modes: [
    { code: 0, name: "qio" },
    { code: 1, name: "qout" },
    { code: 2, name: "dio" },
    { code: 3, name: "dout" },
  ],
  freqs: [
    { code: 0x0, name: "40m", mhz: 40 },
    { code: 0x1, name: "26m", mhz: 26.7 },
    { code: 0x2, name: "20m", mhz: 20 },
    { code: 0xf, name: "80m", mhz: 80 },
  ],
  sizes,
};
