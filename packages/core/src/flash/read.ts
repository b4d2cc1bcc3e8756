/**
 * Reading flash, proven by the MD5 that the chip sends with it.
 *
 * @module
 */
import type { Session } from "../loader/session.js";
import type { AbortSignalLike } from "../transport.js";
import type { KnownContent } from "./contents.js";
import type { EventListener } from "./event.js";
import type { ImageInput } from "./plan-images.js";
import { fillRegions } from "./plan-writes.js";
import { type Region, regionEnd } from "./region.js";
import { RegionReading } from "./region-reading.js";

/**
 * Reads a region.
 * @throws FlasherError `region-outside-flash`, `needs-stub`, `read-mismatch`, `read-stalled`
 */
export async function readRegion(
  session: Session,
  region: Region,
  options: { readonly onEvent?: EventListener; readonly signal?: AbortSignalLike } = {},
): Promise<Uint8Array> {
  return new RegionReading(region).run(session, options);
}

/**
 * Reads what shares sectors with the images, for `planFlash`. Each stretch has its own events, as if it were read by
 * `readRegion`; what lies beyond the flash is left out, for `planFlash` refuses its image.
 * @throws FlasherError `needs-stub`, `read-mismatch`, `read-stalled`
 */
export async function readFills(
  session: Session,
  images: readonly ImageInput[],
  options: { readonly onEvent?: EventListener; readonly signal?: AbortSignalLike } = {},
): Promise<KnownContent[]> {
  session.requireStub("reading what shares a sector");
  const contents: KnownContent[] = [];
  for (const region of fillRegions(images)) {
    if (regionEnd(region) > session.flashSize) continue;
    contents.push({ offset: region.offset, bytes: await readRegion(session, region, options) });
  }
  return contents;
}
