/** Erasing regions by the names that the firmware on the chip gives them. @module */
import {
  containsOffset,
  eraseRegion,
  esp8266,
  FlasherError,
  mergeRegions,
  type OperationResult,
  overlaps,
  type PlannedFlash,
  planFlash,
  type Region,
  resumeErase,
  resumePlan,
  runPlan,
  SECTOR_SIZE,
  type Session,
  subtractRegions,
  totalSize,
} from "@flashwright/core";
import {
  isStorage,
  readStorage,
  StorageFormat,
  selectRegions,
  storageFilesOf,
  withoutStorageFiles,
} from "@flashwright/core/backup";
import { type Board, lastingSource } from "@flashwright/core/board";
import { type Survey, sessionSource } from "@flashwright/core/diagnose";
import { Erasure, type LayoutRegion, RegionOwner } from "@flashwright/core/maps";
import type { ErasurePreview } from "../backup/backup-event.js";
import type { Context } from "../context.js";
import { agreeToLose, type ConsentOptions } from "../session/agree.js";
import { backUpBefore } from "../session/backup-first.js";
import { surveyChip } from "../session/survey-chip.js";

/** Options that matter here. */
export interface EraseRegionsOptions extends ConsentOptions {
  readonly dryRun?: boolean;
}

/** What is done to the chip: sectors erased, and sectors of Storage written again without one file. */
interface Work {
  readonly preview: readonly ErasurePreview[];
  readonly erases: readonly Region[];
  readonly rewrites: readonly Stretch[];
}

interface Stretch {
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** What is there now. */
  readonly before: Uint8Array;
}

/**
 * Erases regions by name, after a preview and a backup. `wifi` and `saved-code` take only their files out of Espruino's
 * Storage; `wifi` erases the copies that Espressif's SDK keeps as well.
 * @throws FlasherError `layout-not-recognised`, `region-unknown`, `erase-in-program`, `erase-breaks-boot`,
 * `storage-damaged`, `backup-refused`; those of reading, erasing and writing
 */
export async function eraseRegions(
  context: Context,
  board: Board,
  names: readonly string[],
  options: EraseRegionsOptions,
): Promise<OperationResult> {
  const { session } = board;
  session.requireStub("erasing a region by its name");
  const survey = await surveyChip(context, session, { depth: "quick" });
  if (survey.layout === undefined) throw new FlasherError("layout-not-recognised");
  const { regions } = survey.layout;
  const selected = selectRegions(regions, names).flatMap((region) => reallyTheirs(region, regions));
  for (const region of selected) refuseProgram(region, survey);
  const work = await planWork(context, session, survey, selected, names);
  context.emit({ type: "erasure", regions: work.preview });
  const changes = changesOf(work);
  const params = { regions: [...new Set(work.preview.map(({ id }) => id))], size: totalSize(changes) };
  if (changes.length === 0) return { code: "regions-blank", params };
  if (options.dryRun) return { code: "regions-planned", params };
  const lossesBefore = board.losses;
  await agree(context, board, survey, work, options);
  if (board.losses > lossesBefore) await checkUnchanged(context, board, work);
  await run(context, board, work);
  return { code: "regions-erased", params };
}

const NOBODYS: readonly RegionOwner[] = [RegionOwner.free, RegionOwner.unused, RegionOwner.reserved];

/** Some firmware calls flash free where it keeps something itself: free is what nothing else claims. */
function reallyTheirs(region: LayoutRegion, regions: readonly LayoutRegion[]): LayoutRegion[] {
  if (!NOBODYS.includes(region.owner)) return [region];
  const claimed = regions.filter(({ owner }) => !NOBODYS.includes(owner));
  return subtractRegions(region, claimed).map((part) => ({ ...region, ...part }));
}

/** A region of a map that does not fit the firmware may lie in its code, where nobody means to erase it. */
function refuseProgram(region: LayoutRegion, { slots }: Survey): void {
  if (isProgram(region)) return;
  const hit = slots.find(
    ({ state, offset, size }) =>
      state !== "absent" && state !== "blank" && overlaps({ offset, size: size ?? 0 }, region),
  );
  if (hit !== undefined) {
    throw new FlasherError("erase-in-program", { name: region.id, offset: region.offset });
  }
}

const PROGRAMS: readonly RegionOwner[] = [
  RegionOwner.boot,
  RegionOwner.user1,
  RegionOwner.user2,
  RegionOwner.app,
];

function isProgram({ owner }: LayoutRegion): boolean {
  return PROGRAMS.includes(owner);
}

async function planWork(
  { signal }: Context,
  session: Session,
  survey: Survey,
  selected: readonly LayoutRegion[],
  names: readonly string[],
): Promise<Work> {
  const source = sessionSource(session, { signal });
  const work = { preview: [] as ErasurePreview[], erases: [] as Region[], rewrites: [] as Stretch[] };
  for (const region of selected) {
    const files = isStorage(region) && !names.includes(region.id) ? names.flatMap(storageFilesOf) : [];
    if (files.length === 0) {
      work.preview.push(previewOf(region, survey));
      if (contentOf(region, survey) !== "blank")
        work.erases.push({ offset: region.offset, size: region.size });
      continue;
    }
    const before = await source.read({ offset: region.offset, size: region.size });
    const { removed, rewrites } = withoutFiles(before, region, files);
    if (removed.length > 0) work.preview.push(filePreview(region, removed, rewrites));
    work.rewrites.push(...rewrites);
  }
  return { ...work, erases: mergeRegions(work.erases) };
}

/** Sectors of Storage with other bytes than they have, and the names of the files that went. */
function withoutFiles(
  area: Uint8Array,
  { offset, format }: LayoutRegion,
  names: readonly string[],
): { readonly removed: readonly string[]; readonly rewrites: readonly Stretch[] } {
  const known = Object.values(StorageFormat).find((name) => name === format);
  const { state } = readStorage(area, known);
  if (state === "blank" || state === "zeros") return { removed: [], rewrites: [] };
  const { area: after, removed } = withoutStorageFiles(area, names, known);
  const rewrites: Stretch[] = [];
  for (let at = 0; at < after.length; at += SECTOR_SIZE) {
    const bytes = after.subarray(at, at + SECTOR_SIZE);
    const before = area.subarray(at, at + SECTOR_SIZE);
    if (Buffer.compare(bytes, before) !== 0) rewrites.push({ offset: offset + at, bytes, before });
  }
  // Nothing of that name lives, but what its deleted versions held is still there to be read.
  const gone = removed.length === 0 && rewrites.length > 0 ? names : removed.map(({ name }) => name);
  return { removed: [...new Set(gone)], rewrites };
}

function filePreview(
  region: LayoutRegion,
  files: readonly string[],
  rewrites: readonly Stretch[],
): ErasurePreview {
  const { id, owner } = region;
  const first = rewrites[0];
  const last = rewrites[rewrites.length - 1];
  const size = last.offset + last.bytes.length - first.offset;
  return { id, owner, erasure: Erasure.losesData, offset: first.offset, size, content: "data", files };
}

/** What erasing a region costs, and what it holds. */
export function previewOf(region: LayoutRegion, survey: Survey): ErasurePreview {
  const { id, owner, erasure, offset, size } = region;
  return { id, owner, erasure, offset, size, content: contentOf(region, survey) };
}

function contentOf({ id, offset }: LayoutRegion, { regions }: Survey): ErasurePreview["content"] {
  const state = regions.find(({ region }) => region.id === id && containsOffset(region, offset));
  return state?.content ?? "unseen";
}

function changesOf({ erases, rewrites }: Work): Region[] {
  return [...erases, ...rewrites.map(({ offset, bytes }) => ({ offset, size: bytes.length }))];
}

async function agree(
  context: Context,
  board: Board,
  survey: Survey,
  work: Work,
  options: EraseRegionsOptions,
): Promise<void> {
  const names = [...new Set(work.preview.map(({ id }) => id))].join(", ");
  const breaks = work.preview.find(({ erasure }) => erasure === Erasure.breaksBoot);
  if (breaks !== undefined && options.yes !== true) {
    const answer = await context.world.prompts?.type(
      `Without ${breaks.id} the board does not start. Type "${breaks.id}" to go on:`,
    );
    if (answer?.trim() !== breaks.id) throw new FlasherError("erase-breaks-boot", { name: breaks.id });
  }
  if (options.backup) await backUpBefore(context, board, changesOf(work), "erase", survey);
  else await agreeToLose(context, `Erased: ${names}.`, options);
}

/** The board may have started while the backup was interrupted. @throws FlasherError `erase-stale` */
async function checkUnchanged(context: Context, board: Board, { rewrites }: Work): Promise<void> {
  const source = lastingSource(board, context.emit);
  for (const { offset, before } of rewrites) {
    const now = await source.read({ offset, size: before.length });
    if (Buffer.compare(now, before) !== 0) throw new FlasherError("erase-stale", { offset });
  }
}

/** All of it in one session, or what is missing of all of it in the next. */
async function run(context: Context, board: Board, { erases, rewrites }: Work): Promise<void> {
  const { emit, signal, flash } = context;
  const told = { onEvent: emit, signal };
  const planned = rewrites.length === 0 ? undefined : planRewrites(board.session, rewrites);
  await board.through(async (session, isAgain) => {
    flash.expect({ writes: planned?.plan.writes.length ?? 0, erases: erases.length });
    if (planned !== undefined) {
      const options = { ...told, lossesAccepted: "yes" } as const;
      await (isAgain ? resumePlan : runPlan)(session, planned.plan, planned.data, options);
    }
    for (const region of erases) await (isAgain ? resumeErase : eraseRegion)(session, region, told);
  });
}

function planRewrites({ chip, flashSize, loader }: Session, rewrites: readonly Stretch[]): PlannedFlash {
  return planFlash({
    target: esp8266,
    chip: { mac: chip.mac, flashSize, loader: loader.kind },
    images: rewrites.map(({ offset, bytes }) => ({ name: "storage", offset, bytes })),
  });
}
