/** A flash from bytes that counts what is asked of it, for tests. @module */
import type { Region } from "../flash/region.js";
import type { FlashSource } from "./flash-source.js";
import { dumpSource } from "./sources/dump-source.js";

/** What was asked, in order, and what it came to. */
export interface CountedSource extends FlashSource {
  readonly reads: Region[];
  readonly hashes: Region[];
}

/** The flash, and a list of its reads and one of its hashes. */
export function countedSource(bytes: Uint8Array): CountedSource {
  const source = dumpSource(bytes);
  const reads: Region[] = [];
  const hashes: Region[] = [];
  return {
    size: source.size,
    reads,
    hashes,
    read: (region) => {
      reads.push(region);
      return source.read(region);
    },
    md5: (region) => {
      hashes.push(region);
      return source.md5(region);
    },
  };
}

/** Bytes of all regions; one that was asked for twice counts twice. */
export function sumOf(regions: readonly Region[]): number {
  return regions.reduce((sum, { size }) => sum + size, 0);
}
