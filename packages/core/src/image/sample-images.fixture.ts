/**
 * Images for tests: small ones built byte by byte, and real ones where they are at hand.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { firmwareFolder } from "../../../../test/support/requirements.js";

/** A real firmware file, in a suite that asked for it with `describeWith(["firmware"], ...)`. */
export const firmware = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(join(firmwareFolder(), path)));

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
