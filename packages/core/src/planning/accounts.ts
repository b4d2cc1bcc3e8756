/**
 * From what becomes of each sector to the accounts of a plan.
 *
 * @module
 */
import { type SectorAccount, SectorFate } from "../flash/account.js";
import type { KnownDigest } from "../flash/contents.js";
import { SECTOR_SIZE } from "../flash/geometry.js";
import { contains, isAligned, type Region, regionBetween, regionEnd } from "../flash/region.js";

/** What a plan says of one sector. */
export type SectorFacts = Omit<SectorAccount, "region" | "md5">;

/** A sector that nothing touches and of which nothing is known. */
export const untouched: SectorFacts = {
  fate: "kept",
  owner: undefined,
  holds: [],
  reason: { code: "sector-untouched", params: {} },
  backedUp: false,
};

/** What a plan says of each sector of a chip; later words override earlier ones. */
export class SectorTable {
  readonly #facts: SectorFacts[];

  constructor(readonly flashSize: number) {
    this.#facts = new Array<SectorFacts>(flashSize / SECTOR_SIZE).fill(untouched);
  }

  /** Changes what is said of every sector that `region` touches. */
  set(region: Region, change: (facts: SectorFacts, sector: Region) => SectorFacts): void {
    const end = Math.min(regionEnd(region), this.flashSize);
    for (let index = Math.floor(region.offset / SECTOR_SIZE); index * SECTOR_SIZE < end; index++) {
      const sector = { offset: index * SECTOR_SIZE, size: SECTOR_SIZE };
      this.#facts[index] = change(this.#facts[index], sector);
    }
  }

  /** Neighbours of which the same is said, as one account each. */
  accounts(): SectorAccount[] {
    const accounts: SectorAccount[] = [];
    let start = 0;
    for (let index = 1; index <= this.#facts.length; index++) {
      if (index < this.#facts.length && same(this.#facts[index], this.#facts[start])) continue;
      const region = regionBetween(start * SECTOR_SIZE, index * SECTOR_SIZE);
      accounts.push({ region, ...this.#facts[start], md5: undefined });
      start = index;
    }
    return accounts;
  }
}

function same(a: SectorFacts, b: SectorFacts): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/**
 * The same accounts with the digests that are known of what is kept. What holds something is cut where a digest is known
 * of a part of it; what holds nothing is worth a digest only as it stands.
 */
export function withDigests(
  accounts: readonly SectorAccount[],
  digests: readonly KnownDigest[],
): SectorAccount[] {
  const sorted = [...digests].sort((a, b) => a.offset - b.offset || b.size - a.size);
  return accounts.flatMap((account) => {
    if (account.fate !== SectorFate.kept) return [account];
    const { offset, size } = account.region;
    const exact = sorted.find((digest) => digest.offset === offset && digest.size === size);
    if (exact !== undefined) return [{ ...account, md5: exact.md5 }];
    return account.holds.length > 0 ? cut(account, sorted) : [account];
  });
}

function cut(account: SectorAccount, digests: readonly KnownDigest[]): SectorAccount[] {
  const pieces: SectorAccount[] = [];
  let offset = account.region.offset;
  for (const digest of digests) {
    const isWhole = isAligned(digest, SECTOR_SIZE);
    if (!isWhole || digest.offset < offset || !contains(account.region, digest)) continue;
    if (digest.offset > offset) pieces.push({ ...account, region: regionBetween(offset, digest.offset) });
    pieces.push({ ...account, region: { offset: digest.offset, size: digest.size }, md5: digest.md5 });
    offset = regionEnd(digest);
  }
  const end = regionEnd(account.region);
  return offset < end ? [...pieces, { ...account, region: regionBetween(offset, end) }] : pieces;
}
