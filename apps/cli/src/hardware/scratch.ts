/**
 * The sectors on which writing is tried, saved first and restored in the end.
 *
 * @module
 */
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  esp8266,
  isFlasherError,
  planFlash,
  type Region,
  readRegion,
  runPlan,
  SECTOR_SIZE,
  type Session,
  verifyFlash,
} from "@flashwright/core";
import { writeBytes } from "../files.js";
import type { Bench } from "./bench.js";

/** Behind this lie the SDK's calibration data and settings. */
const SDK_TAIL = 5 * SECTOR_SIZE;
const SCRATCH_SIZE = 4 * SECTOR_SIZE;
/** What the ROM's routines know; the stub is told more. */
export const ROM_FLASH_LIMIT = esp8266.rom.flashLimit;

/** A region as it was found. */
export interface SavedRegion {
  readonly region: Region;
  readonly bytes: Uint8Array;
  /** Where a copy of the bytes is, should restoring fail. */
  readonly file: string;
}

/** The sectors on which most is tried: the last ones before the SDK's own. */
export function scratchRegion(flashSize: number): Region {
  return { offset: flashSize - SDK_TAIL - SCRATCH_SIZE, size: SCRATCH_SIZE };
}

/** Two sectors on each side of 4 MB; `undefined` where the flash ends there. */
export function acrossLimitRegion(flashSize: number): Region | undefined {
  if (flashSize <= ROM_FLASH_LIMIT) return undefined;
  return { offset: ROM_FLASH_LIMIT - SCRATCH_SIZE / 2, size: SCRATCH_SIZE };
}

/** What a write behind 4 MB would hit where the upper address lines do nothing: the start of the flash. */
export function aliasRegion(flashSize: number): Region | undefined {
  if (flashSize <= ROM_FLASH_LIMIT) return undefined;
  return { offset: 0, size: SCRATCH_SIZE / 2 };
}

/** Reads everything that the checks may change into memory and into files. @throws FlasherError `file-unwritable` */
export async function saveScratch(bench: Bench): Promise<SavedRegion[]> {
  const session = await bench.connect();
  const { chip, flashSize } = session;
  const saved: SavedRegion[] = [];
  for (const region of [scratchRegion(flashSize), acrossLimitRegion(flashSize), aliasRegion(flashSize)]) {
    if (region === undefined) continue;
    const bytes = await readRegion(session, region, { signal: bench.signal });
    const name = `flashwright-${chip.mac.replaceAll(":", "")}-${region.offset.toString(16)}.bin`;
    const file = join(tmpdir(), name);
    await writeBytes(file, bytes);
    saved.push({ region, bytes, file });
  }
  return saved;
}

/**
 * Puts back what differs, and proves it. One that fails does not keep the others from being tried.
 * @throws the first failure
 */
export async function restoreScratch(bench: Bench, saved: readonly SavedRegion[]): Promise<void> {
  const failures: unknown[] = [];
  for (const { region, bytes } of saved) {
    try {
      const session = await bench.connect();
      if (!(await holds(bench, session, region.offset, bytes))) {
        await writeScratch(bench, session, region.offset, bytes);
      }
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Writes as the command `flash` does: protection cleared, verified. */
export async function writeScratch(
  bench: Bench,
  session: Session,
  offset: number,
  bytes: Uint8Array,
): Promise<void> {
  const { chip, flashSize, loader } = session;
  const { plan, data } = planFlash({
    target: esp8266,
    chip: { mac: chip.mac, flashSize, loader: loader.kind },
    images: [{ name: "scratch", offset, bytes }],
  });
  await runPlan(session, plan, data, { signal: bench.signal });
}

/** Whether the flash holds these bytes, by MD5. */
export async function holds(
  bench: Bench,
  session: Session,
  offset: number,
  bytes: Uint8Array,
): Promise<boolean> {
  try {
    await verifyFlash(session.requireStub("verifying"), offset, bytes, bench.signal);
    return true;
  } catch (error) {
    if (isFlasherError(error, "verify-failed")) return false;
    throw error;
  }
}

/** Bytes that repeat in no power of two, and differ by `seed`. */
export function pattern(size: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => (index * 7 + (index >> 8) * 13 + seed * 31) & 0x7f);
}
