/**
 * Erasing, proven.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import type { Loader, Progress } from "../loader/loader.js";
import type { Session } from "../loader/session.js";
import { StubLoader } from "../loader/stub-loader.js";
import { LoaderRefusal } from "../protocol/connection.js";
import type { AbortSignalLike } from "../transport.js";
import type { EventListener, OperationResult } from "./event.js";
import { ERASED_BYTE, SECTOR_SIZE } from "./geometry.js";
import { ensureWritable, waitUntilIdle } from "./protection.js";
import { alignOutward, isAligned, type Region, regionEnd } from "./region.js";
import { timed } from "./timed.js";
import { holdsBytes, verifyFlash } from "./verify.js";

/** Who is told, and who may stop it. */
export interface EraseOptions {
  readonly onEvent?: EventListener;
  readonly signal?: AbortSignalLike;
}

/** The stub's status for a flash operation that failed, or that took too long for it. */
const FLASH_FAILED = 0xc4;

/** Blank bytes are compared in pieces of this size, so that a 16 MB chip needs no 16 MB of memory here. */
const PIECE = 0x100000;

/**
 * Erases the whole chip and verifies that it is blank.
 * @throws FlasherError `needs-stub`, `flash-protected`, `verify-failed`
 */
export async function eraseChip(session: Session, options: EraseOptions = {}): Promise<OperationResult> {
  const loader = session.requireStub("erasing the whole chip");
  const region = { offset: 0, size: session.flashSize };
  const { onEvent = () => {}, signal } = options;
  await ensureWritable(loader, signal);
  await timed(session.connection.clock, onEvent, "erase", region, () => loader.eraseChip(signal));
  await verifyBlank(session, loader, region, options);
  return { code: "chip-erased", params: { size: region.size } };
}

/**
 * Erases whole sectors; with the stub verifies that they are blank.
 * @param region aligned to sectors
 * @throws FlasherError `erase-misaligned`, `region-outside-flash`, `flash-protected`, `verify-failed`
 */
export async function eraseRegion(
  session: Session,
  region: Region,
  options: EraseOptions = {},
): Promise<OperationResult> {
  checkErase(region, session.flashSize);
  const { loader } = session;
  const { onEvent = () => {}, signal } = options;
  await ensureWritable(loader, signal);
  await timed(session.connection.clock, onEvent, "erase", region, (progress) =>
    eraseSectors(loader, region, progress, signal),
  );
  if (!(loader instanceof StubLoader)) return { code: "region-erased-by-rom", params: { ...region } };
  await verifyBlank(session, loader, region, options);
  return { code: "region-erased", params: { ...region } };
}

/**
 * Erases in one request; where the stub gives up on a slow flash chip (it allows 120 ms a sector), sector by sector, waiting
 * for the chip instead. What came of it is for `verifyBlank` to say.
 */
export async function eraseSectors(
  loader: Loader,
  region: Region,
  progress: Progress,
  signal: AbortSignalLike | undefined,
): Promise<void> {
  if (await erased(loader, region, signal)) return;
  for (let done = 0; done < region.size; done += SECTOR_SIZE) {
    await waitUntilIdle(loader, signal);
    await erased(loader, { offset: region.offset + done, size: SECTOR_SIZE }, signal);
    progress(done + SECTOR_SIZE);
  }
  await waitUntilIdle(loader, signal);
}

/** False where the stub says that the flash chip failed, which a slow one is taken for. */
async function erased(loader: Loader, region: Region, signal: AbortSignalLike | undefined): Promise<boolean> {
  try {
    await loader.eraseRegion(region, signal);
    return true;
  } catch (error) {
    if (error instanceof LoaderRefusal && error.status.code === FLASH_FAILED) return false;
    throw error;
  }
}

/** @throws FlasherError `region-outside-flash`, `erase-misaligned` */
export function checkErase(region: Region, flashSize: number): void {
  if (region.size <= 0 || regionEnd(region) > flashSize) {
    throw new FlasherError("region-outside-flash", { ...region, flashSize });
  }
  if (isAligned(region, SECTOR_SIZE)) return;
  const aligned = alignOutward(region, SECTOR_SIZE);
  throw new FlasherError("erase-misaligned", {
    ...region,
    unit: SECTOR_SIZE,
    alignedOffset: aligned.offset,
    alignedSize: aligned.size,
  });
}

/** Whether all of a region is blank; the first piece that is not ends the asking. */
export async function isBlank(
  loader: StubLoader,
  region: Region,
  progress: Progress,
  signal: AbortSignalLike | undefined,
): Promise<boolean> {
  const blank = new Uint8Array(Math.min(PIECE, region.size)).fill(ERASED_BYTE);
  for (let done = 0; done < region.size; done += PIECE) {
    const expected = blank.subarray(0, Math.min(PIECE, region.size - done));
    if (!(await holdsBytes(loader, region.offset + done, expected, signal))) return false;
    progress(done + expected.length);
  }
  return true;
}

/** @throws FlasherError `verify-failed` with the first sector that is not blank */
export async function verifyBlank(
  session: Session,
  loader: StubLoader,
  region: Region,
  { onEvent = () => {}, signal }: EraseOptions,
): Promise<void> {
  const blank = new Uint8Array(Math.min(PIECE, region.size)).fill(ERASED_BYTE);
  await timed(session.connection.clock, onEvent, "verify", region, async (progress) => {
    for (let done = 0; done < region.size; done += PIECE) {
      const size = Math.min(PIECE, region.size - done);
      await verifyFlash(loader, region.offset + done, blank.subarray(0, size), signal);
      progress(done + size);
    }
  });
}
