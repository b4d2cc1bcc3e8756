/**
 * Images for tests: small ones built byte by byte, and real ones where they are at hand.
 *
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const firmwareFolder =
  process.env.FLASHWRIGHT_FIRMWARE ??
  fileURLToPath(new URL("../../../../../shared/firmware", import.meta.url));

/** Whether the real firmware files are there; a test of them is skipped when they are not. */
export const hasFirmware = existsSync(firmwareFolder);

/** A real firmware file. */
export const firmware = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(`${firmwareFolder}/${path}`));

/** A number as 4 little-endian bytes. */
export const le32 = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);

/** Bytes from hex with spaces. */
export const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.trim().split(/\s+/), (byte) => Number.parseInt(byte, 16));

/** A sound 0xE9 image of one IRAM segment of 4 bytes: 32 bytes, checksum EF ^ 01 ^ 02 ^ 03 ^ 04 = EB. */
export const tinyImage = (): Uint8Array =>
  hex(`e9 01 02 40 00 00 10 40
       00 00 10 40 04 00 00 00
       01 02 03 04 00 00 00 00
       00 00 00 00 00 00 00 eb`);
