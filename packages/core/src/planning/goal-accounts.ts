/**
 * The accounts of a plan that was made from a goal.
 *
 * @module
 */
import { toHex } from "../bytes.js";
import type { Codecs } from "../codecs.js";
import type { SectorAccount } from "../flash/account.js";
import type { FlashContents } from "../flash/contents.js";
import type { FlashPlan } from "../flash/plan.js";
import { contains, mergeRegions, overlaps, type Region, regionBetween, regionEnd } from "../flash/region.js";
import type { Statement } from "../image/flash-params.js";
import { type FlashLayout, RegionOwner } from "../maps/layout.js";
import { SectorTable, withDigests } from "./accounts.js";
import { type SectorTarget, slice } from "./equal-sectors.js";
import type { Fates } from "./fates.js";
import type { Goal } from "./goal.js";

/** What a plan does, before it accounts for it. */
export type Deeds = Pick<FlashPlan, "flashSize" | "eraseChip" | "erases" | "writes">;

const chipErased: Statement = { code: "sector-chip-erased", params: {} };
const erasedByRom: Statement = { code: "sector-erased-by-rom", params: {} };

/** What becomes of every sector; each word on a sector takes the place of those before it. */
export function accountsFor(
  { flashSize, eraseChip, erases, writes }: Deeds,
  goal: Goal,
  equal: readonly Region[],
  fates: Fates,
): SectorAccount[] {
  const reasonFor = (sector: Region) => goal.blank.find(({ region }) => contains(region, sector))?.reason;
  const ownerOf = (sector: Region) => ownerAmong(goal, sector) ?? fates.ownerOf(sector);
  const table = new SectorTable(flashSize);
  table.set({ offset: 0, size: flashSize }, (_, sector) =>
    eraseChip ? fates.erased(sector, chipErased) : fates.untouched(sector),
  );
  for (const write of writes) {
    const behind = regionBetween(regionEnd(write.region), regionEnd(write.erases));
    if (behind.size > 0) table.set(behind, (_, sector) => fates.erased(sector, erasedByRom));
  }
  for (const region of erases) {
    table.set(region, (_, sector) => fates.erased(sector, reasonFor(sector) ?? erasedByRom));
  }
  for (const { region } of writes) {
    table.set(region, (_, sector) => fates.written(sector, ownerOf(sector), keptReason(goal, sector)));
  }
  for (const region of equal) {
    table.set(region, (_, sector) => fates.equal(sector, ownerOf(sector), reasonFor(sector)));
  }
  return table.accounts();
}

/** The same accounts with digests: of what is kept those that are known, of what is equal those of the goal. */
export function withKnownDigests(
  accounts: readonly SectorAccount[],
  contents: FlashContents,
  targets: readonly SectorTarget[],
  codecs: Codecs,
): SectorAccount[] {
  return withDigests(accounts, contents.digests).map((account) =>
    account.fate === "equal" ? { ...account, md5: md5Of(account.region, targets, codecs) } : account,
  );
}

/** What is backed up in part is of little use without the rest of its region; free flash is not such a whole. */
export function backupOf(accounts: readonly SectorAccount[], present: FlashLayout | undefined): Region[] {
  const saved = accounts.filter(({ backedUp }) => backedUp);
  const whole = saved.flatMap(({ region, holds }) =>
    (present?.regions ?? []).filter(
      (other) => overlaps(other, region) && holds.includes(other.id) && other.owner !== RegionOwner.free,
    ),
  );
  return mergeRegions([...saved.map(({ region }) => region), ...whole]);
}

function ownerAmong({ images }: Goal, sector: Region): RegionOwner | undefined {
  return images.find(({ offset, bytes }) => overlaps({ offset, size: bytes.length }, sector))?.owner;
}

function keptReason({ images }: Goal, sector: Region): Statement | undefined {
  return images.find(({ offset, bytes }) => contains({ offset, size: bytes.length }, sector))?.keeps;
}

/** Of what a region of whole sectors is to hold, which may be several targets side by side. */
function md5Of(region: Region, targets: readonly SectorTarget[], codecs: Codecs): string {
  const bytes = new Uint8Array(region.size);
  for (const target of targets) {
    const start = Math.max(region.offset, target.offset);
    const end = Math.min(regionEnd(region), target.offset + target.bytes.length);
    if (start < end) bytes.set(slice(target, regionBetween(start, end)), start - region.offset);
  }
  return toHex(codecs.md5(bytes));
}
