/**
 * Looking at what a plan depends on: what it would write is compared, what it needs is read, what it keeps is hashed.
 *
 * @module
 */
import { toHex } from "../bytes.js";
import { blanksOf } from "../diagnose/blank-tree.js";
import type { FlashSource } from "../diagnose/flash-source.js";
import { FlashView } from "../diagnose/sources/flash-view.js";
import { Intent, SectorFate } from "../flash/account.js";
import { type FlashContents, type KnownDigest, unknownContents } from "../flash/contents.js";
import { BLOCK_SIZE, SECTOR_SIZE } from "../flash/geometry.js";
import type { FlashPlan } from "../flash/plan.js";
import { cutIntoUnits, type Region } from "../flash/region.js";
import { RegionOwner } from "../maps/layout.js";
import type { AbortSignalLike } from "../transport.js";
import { BOOT_SECTOR } from "./boot-sector.js";
import { type SectorTarget, slice } from "./equal-sectors.js";
import type { Goal } from "./goal.js";
import { goalFor } from "./goal-for.js";
import { planGoal, targetsOf } from "./goal-plan.js";
import { releaseOf } from "./package-goal.js";
import type { MeaningRequest, RestoreRequest } from "./package-request.js";
import { phyInitPlace } from "./phy-init-part.js";
import { nextOfRecord } from "./slot-record.js";

/** Free flash, megabytes of which mostly nobody has written one, and programs that are left behind. */
const PASSED_OVER: readonly string[] = [
  RegionOwner.free,
  RegionOwner.boot,
  RegionOwner.user1,
  RegionOwner.user2,
  RegionOwner.app,
];

/** How much to look at. */
export interface GatherOptions {
  /**
   * What of the kept flash is hashed, so that a plan that is stored knows later whether it changed: settings, files,
   * calibration and their like (`data`, the default), or all of it at 0.7 s per MiB (`all`).
   */
  readonly hashKept?: "data" | "all";
  readonly signal?: AbortSignalLike;
}

/**
 * Gathers what `planFlash` has to know for this request, and gives it together with what the survey knew. Hashing costs
 * about 0.70 s per MiB and 2 to 10 ms per question: stretches of 64 KiB first, the sectors of those that differ then. What
 * is known is not asked again.
 * @throws FlasherError those of the source, and those of `planFlash`
 */
export async function gatherContents(
  source: FlashSource,
  request: MeaningRequest,
  { hashKept = "data", signal }: GatherOptions = {},
): Promise<FlashContents> {
  const known = request.contents ?? request.survey?.contents ?? unknownContents;
  const { codecs } = request;
  const view = new FlashView(source, { known, ...(codecs && { codecs }), ...(signal && { signal }) });
  await readNeeded(view, request);
  const goal = goalFor(request, view.contents());
  for (const target of targetsOf(goal, request)) await compare(view, target);
  const plan = await planLookedAt(view, goal, request);
  const digests: KnownDigest[] = [];
  for (const { fate, holds, region } of plan.accounts) {
    const counts = hashKept === "all" || holds.some((id) => !PASSED_OVER.includes(id));
    if (fate === SectorFate.kept && counts) digests.push({ ...region, md5: await view.md5(region) });
  }
  const contents = view.contents();
  return { ...contents, digests: [...digests, ...contents.digests] };
}

/** Of the record by which the second boot starts a slot as much as it takes to say whether it has to change. */
async function readRecord(view: FlashView, request: Exclude<MeaningRequest, RestoreRequest>): Promise<void> {
  const release = request.package === undefined ? request.survey.bootLoader?.version : releaseOf(request);
  for (let last: Region | undefined; ; ) {
    const { boots, header, blank } = goalFor(request, view.contents());
    const map = header.size ?? request.survey?.header?.size;
    if (boots === undefined || map === undefined) return;
    const kept = blank.filter(({ reason }) => reason.code !== "blank-for-slot");
    const next = nextOfRecord(boots.slot, { map, release, contents: view.contents(), blank: kept });
    if (next === undefined || (next.offset === last?.offset && next.size === last.size)) return;
    await view.read(next);
    last = next;
  }
}

/** The plan, after a look at what would be lost by its place alone: that is mostly blank, and blank is no loss. */
async function planLookedAt(view: FlashView, goal: Goal, request: MeaningRequest): Promise<FlashPlan> {
  const { plan } = planGoal(goal, request, view.contents());
  const lost = plan.accounts.filter(({ fate }) => fate === SectorFate.lost);
  if (lost.length === 0) return plan;
  for (const { region } of lost) await blanksOf(view, region);
  return planGoal(goal, request, view.contents()).plan;
}

/** The boot sector where nothing but its header changes, and the board's own PHY init data where it counts. */
async function readNeeded(view: FlashView, request: MeaningRequest): Promise<void> {
  if (request.intent === Intent.restore) return;
  if (!bringsBootSector(request)) await view.read(BOOT_SECTOR);
  if (!("eraseChip" in request && request.eraseChip === true)) await readRecord(view, request);
  if (request.intent === Intent.install) return;
  const future = goalFor(request, view.contents()).layout;
  for (const place of [phyInitPlace(request.survey?.layout), phyInitPlace(future)]) {
    if (place !== undefined) await view.read(place);
  }
}

function bringsBootSector({ package: pack }: Exclude<MeaningRequest, RestoreRequest>): boolean {
  return pack?.parts.some(({ place }) => place.from === "start" && place.offset === 0) ?? false;
}

/** Asks for a block, and for its sectors where it differs. */
async function compare(view: FlashView, target: SectorTarget): Promise<void> {
  const whole = { offset: target.offset, size: target.bytes.length };
  for (const block of cutIntoUnits(whole, BLOCK_SIZE)) {
    if (await holds(view, target, block)) continue;
    if (block.size > SECTOR_SIZE)
      for (const sector of cutIntoUnits(block, SECTOR_SIZE)) await view.md5(sector);
  }
}

async function holds(view: FlashView, target: SectorTarget, region: Region): Promise<boolean> {
  return (await view.md5(region)) === toHex(view.codecs.md5(slice(target, region)));
}
