/** Which parts of a chip are blank, asked of the chip itself. @module */
import {
  type AbortSignalLike,
  alignUp,
  defaultCodecs,
  ERASED_BYTE,
  mergeRegions,
  type Region,
  regionBetween,
  regionEnd,
  SECTOR_SIZE,
  type StubLoader,
} from "@flashwright/core";

/**
 * The sectors within `region` that hold anything but erased bytes, by the MD5 that the chip computes: a few questions for
 * a chip that is mostly blank, nothing is read over the wire.
 * @param region aligned to sectors
 */
export async function findUsed(
  loader: StubLoader,
  region: Region,
  signal?: AbortSignalLike,
): Promise<Region[]> {
  if (region.size === 0 || (await isBlank(loader, region, signal))) return [];
  if (region.size <= SECTOR_SIZE) return [region];
  const middle = region.offset + alignUp(Math.ceil(region.size / 2), SECTOR_SIZE);
  const first = await findUsed(loader, regionBetween(region.offset, middle), signal);
  const second = await findUsed(loader, regionBetween(middle, regionEnd(region)), signal);
  return mergeRegions([...first, ...second]);
}

async function isBlank(
  loader: StubLoader,
  region: Region,
  signal: AbortSignalLike | undefined,
): Promise<boolean> {
  const expected = toHex(defaultCodecs.md5(new Uint8Array(region.size).fill(ERASED_BYTE)));
  return (await loader.md5(region, signal)) === expected;
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
