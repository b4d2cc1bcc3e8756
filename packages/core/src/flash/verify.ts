/**
 * Proof by MD5, and the place where it fails.
 *
 * @module
 */
import { toHex } from "../bytes.js";
import { FlasherError } from "../errors.js";
import type { StubLoader } from "../loader/stub-loader.js";
import type { AbortSignalLike } from "../transport.js";
import { SECTOR_SIZE } from "./geometry.js";
import { alignUp } from "./region.js";

/**
 * Compares flash from `offset` with `bytes` by the MD5 that the chip computes.
 * @throws FlasherError `verify-failed` with the first sector that differs
 */
export async function verifyFlash(
  loader: StubLoader,
  offset: number,
  bytes: Uint8Array,
  signal?: AbortSignalLike,
): Promise<void> {
  if (await holdsBytes(loader, offset, bytes, signal)) return;
  // A reply has no checksum of its own, so the answer may be what is damaged: asked again before anything is accused.
  const difference = await compare(loader, offset, bytes, signal);
  if (difference === undefined) return;
  const at = await firstDifference(loader, offset, bytes, signal);
  const sector = bytes.subarray(at.from, at.to);
  const mismatch = (await compare(loader, offset + at.from, sector, signal)) ?? difference;
  throw new FlasherError("verify-failed", { offset: offset + at.from, size: sector.length, ...mismatch });
}

/** Whether flash from `offset` holds exactly `bytes`. */
export async function holdsBytes(
  loader: StubLoader,
  offset: number,
  bytes: Uint8Array,
  signal?: AbortSignalLike,
): Promise<boolean> {
  return (await compare(loader, offset, bytes, signal)) === undefined;
}

async function compare(
  loader: StubLoader,
  offset: number,
  bytes: Uint8Array,
  signal: AbortSignalLike | undefined,
): Promise<{ actual: string; expected: string } | undefined> {
  const expected = toHex(loader.codecs.md5(bytes));
  const actual = await loader.md5({ offset, size: bytes.length }, signal);
  return actual === expected ? undefined : { actual, expected };
}

/** The first sector that differs, by halving: as many questions as the number of sectors has bits. */
async function firstDifference(
  loader: StubLoader,
  offset: number,
  bytes: Uint8Array,
  signal: AbortSignalLike | undefined,
): Promise<{ from: number; to: number }> {
  let from = 0;
  let to = bytes.length;
  while (to - from > SECTOR_SIZE) {
    const middle = from + alignUp(Math.ceil((to - from) / 2), SECTOR_SIZE);
    if (middle >= to) break;
    const firstHalf = bytes.subarray(from, middle);
    if (await holdsBytes(loader, offset + from, firstHalf, signal)) from = middle;
    else to = middle;
  }
  return { from, to };
}
