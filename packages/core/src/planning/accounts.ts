/**
 * From what becomes of each sector to the accounts of a plan.
 *
 * @module
 */
import { SECTOR_SIZE } from "../flash/geometry.js";
import { contains, type Region, regionBetween, regionEnd } from "../flash/region.js";
import type { SectorAccount } from "./account.js";

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

/** The same accounts, cut so that every account that `digests` knows is one of its own, with the digest. */
export function withDigests(
  accounts: readonly SectorAccount[],
  digests: readonly (Region & { readonly md5: string })[],
): SectorAccount[] {
  const sorted = [...digests].sort((a, b) => a.offset - b.offset || b.size - a.size);
  return accounts.flatMap((account) => (account.fate === "kept" ? cut(account, sorted) : [account]));
}

function cut(
  account: SectorAccount,
  digests: readonly (Region & { readonly md5: string })[],
): SectorAccount[] {
  const pieces: SectorAccount[] = [];
  let offset = account.region.offset;
  for (const { md5, ...digest } of digests) {
    const isWhole = digest.offset % SECTOR_SIZE === 0 && digest.size % SECTOR_SIZE === 0;
    if (!isWhole || digest.offset < offset || !contains(account.region, digest)) continue;
    if (digest.offset > offset) pieces.push({ ...account, region: regionBetween(offset, digest.offset) });
    pieces.push({ ...account, region: { offset: digest.offset, size: digest.size }, md5 });
    offset = regionEnd(digest);
  }
  const end = regionEnd(account.region);
  return offset < end ? [...pieces, { ...account, region: regionBetween(offset, end) }] : pieces;
}
