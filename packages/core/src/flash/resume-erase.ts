/**
 * Going on with an erase that was cut off.
 *
 * @module
 */
import type { Session } from "../loader/session.js";
import { StubLoader } from "../loader/stub-loader.js";
import { type EraseOptions, eraseChip, eraseRegion, eraseSectors, isBlank, verifyBlank } from "./erase.js";
import type { OperationResult } from "./event.js";
import { ERASED_BYTE } from "./geometry.js";
import { missingSectors } from "./missing-sectors.js";
import { ensureWritable } from "./protection.js";
import { type Region, totalSize } from "./region.js";
import { timed } from "./timed.js";

/**
 * Goes on with `eraseRegion`, or with `eraseChip` where the region is the whole chip, in a new session after the one before
 * was lost in the middle of it: waits for a flash chip that still erases, by MD5 finds which sectors are not blank, erases
 * those, and verifies all of it. An interrupted erase of the whole chip leaves no sector that can be trusted, so that it is
 * done once more unless all is blank. The mask ROM has no MD5: with it the whole region is erased once more.
 * @param region aligned to sectors
 * @throws FlasherError those of `eraseRegion` and `eraseChip`; the signal's reason
 */
export async function resumeErase(
  session: Session,
  region: Region,
  options: EraseOptions = {},
): Promise<OperationResult> {
  const { loader } = session;
  if (!(loader instanceof StubLoader)) return eraseRegion(session, region, options);
  await ensureWritable(loader, options.signal);
  const isChip = region.size === session.flashSize;
  const missing = await findMissing(session, loader, region, options);
  tell(missing, region, options);
  if (isChip && missing.length > 0) return eraseChip(session, options);
  for (const part of missing) await eraseAgain(session, loader, part, options);
  if (missing.length > 0) await verifyBlank(session, loader, region, options);
  if (isChip) return { code: "chip-erased", params: { size: region.size } };
  return { code: "region-erased", params: { ...region } };
}

async function findMissing(
  session: Session,
  loader: StubLoader,
  region: Region,
  { onEvent = () => {}, signal }: EraseOptions,
): Promise<Region[]> {
  return timed(session.connection.clock, onEvent, "check", region, async (progress) => {
    if (region.size === session.flashSize) {
      return (await isBlank(loader, region, progress, signal)) ? [] : [region];
    }
    const blank = new Uint8Array(region.size).fill(ERASED_BYTE);
    return missingSectors(loader, region.offset, blank, progress, signal);
  });
}

function tell(missing: readonly Region[], { size }: Region, { onEvent }: EraseOptions): void {
  if (missing.length === 0) onEvent?.({ type: "note", code: "erase-was-complete", params: { size } });
  else {
    const params = { missing: totalSize(missing), size, erases: missing.length };
    onEvent?.({ type: "note", code: "erase-resumed", params });
  }
}

async function eraseAgain(
  session: Session,
  loader: StubLoader,
  region: Region,
  { onEvent = () => {}, signal }: EraseOptions,
): Promise<void> {
  await timed(session.connection.clock, onEvent, "erase", region, (progress) =>
    eraseSectors(loader, region, progress, signal),
  );
}
