/**
 * Looks at what is on a chip.
 *
 * A quick look reads headers, the texts that name a firmware, and the first bytes of telling sectors, and hashes regions
 * that hold settings: at most 48 KB read and 1 MB hashed, about 1.5 s at 460800 baud. A deep one computes the sums of
 * every application, or compares it with its file, and asks of every sector whether it is erased.
 *
 * @module
 */
import type { Codecs } from "../../codecs.js";
import { regionBetween } from "../../flash/region.js";
import type { FlashSize } from "../../image/flash-params.js";
import { Certainty, FirmwareFamily, type FirmwareId } from "../../maps/firmware-id.js";
import { mapCodeOf } from "../../maps/flash-map.js";
import type { FlashLayout } from "../../maps/layout.js";
import { layoutFor } from "../../maps/layout-for.js";
import type { FirmwarePackage } from "../../packages/firmware-package.js";
import type { AbortSignalLike } from "../../transport.js";
import { blanksOf } from "../blank-tree.js";
import type { FlashSource } from "../flash-source.js";
import { FlashView, type LookLimits } from "../sources/flash-view.js";
import type { RegionState, SlotState, Survey, SurveyDepth } from "../survey.js";
import { readActiveSlot } from "./active-slot.js";
import { type BootSector, readBootSector } from "./boot-sector.js";
import { compareQuickly, partAt } from "./compare-file.js";
import { deepenSlot } from "./deepen-slot.js";
import { identifyByPlace } from "./identify-walk.js";
import { lookAtRegions, regionStates } from "./region-states.js";
import { readSavedCode } from "./saved-code.js";
import { findSlots } from "./slots.js";
import { findOverwrites } from "./telling-sectors.js";

/** What a quick look may cost, in bytes. A question beyond it is never asked. */
export const QUICK_LIMITS: LookLimits = { readBytes: 48 * 0x400, hashedBytes: 0x10_0000 };

/** How to look. */
export interface SurveyOptions {
  readonly depth: SurveyDepth;
  /** What is to be there: the same application is compared by MD5, which a deep look does instead of reading it. */
  readonly package?: FirmwarePackage | undefined;
  /** A survey of the same flash, unchanged since: what it knows is not asked again. */
  readonly earlier?: Survey | undefined;
  readonly codecs?: Codecs;
  readonly signal?: AbortSignalLike | undefined;
}

/**
 * Looks at a flash.
 * @throws what the source throws; the signal's reason
 */
export async function surveyFlash(source: FlashSource, options: SurveyOptions): Promise<Survey> {
  const { depth, earlier, codecs, signal } = options;
  const view = new FlashView(source, {
    ...(codecs && { codecs }),
    signal,
    limits: depth === "quick" ? QUICK_LIMITS : undefined,
    known: earlier?.contents,
  });
  const quick = await lookQuickly(view, options.package);
  return depth === "quick" ? quick : lookDeeply(view, quick, options.package);
}

async function lookQuickly(view: FlashView, wanted: FirmwarePackage | undefined): Promise<Survey> {
  const boot = await readBootSector(view);
  const map = boot.header?.size;
  const found = await findSlots(view, boot, map);
  const slots = found.map(({ state }) => state);
  const activeSlot = await activeOf(view, map, slots, boot);
  const identity = await identifyActive(view, boot, slots, activeSlot);
  const layout = layoutOf(identity.firmware, map, view.size);
  const named = slots.map((slot) =>
    isStarted(slot, activeSlot) ? { ...slot, firmware: identity.firmware } : slot,
  );
  const seen: SlotState[] = [];
  for (const [index, slot] of named.entries()) {
    seen.push(await withOverwrites(view, slot, found[index]!.walk?.reach, layout));
  }
  const regions = layout === undefined ? [] : await lookAtRegions(view, layout, seen);
  if (slots.length === 0) await lookForBlank(view);
  const compared: SlotState[] = [];
  for (const slot of seen) compared.push(await compareQuickly(view, slot, wanted));
  return assemble(view, "quick", { boot, slots: compared, activeSlot, ...identity, layout, regions });
}

/** The part of a flash without an application that tells best whether anything is on it at all. */
async function lookForBlank(view: FlashView): Promise<void> {
  const beginning = view.clip({ offset: 0, size: 0x8_0000 });
  if (view.affords({ hashedBytes: beginning.size })) await view.md5(beginning);
}

async function activeOf(
  view: FlashView,
  map: FlashSize | undefined,
  slots: readonly SlotState[],
  { bootLoader }: BootSector,
): Promise<Survey["activeSlot"]> {
  if (!slots.some(({ slot }) => slot === "user1") || map === undefined) return undefined;
  return readActiveSlot(view, map, slots, bootLoader?.version);
}

function isStarted({ slot }: SlotState, activeSlot: Survey["activeSlot"]): boolean {
  return slot === "app" || slot === (activeSlot ?? "user1");
}

interface Identity {
  readonly firmware: FirmwareId;
  readonly firmwareCertainty: Certainty;
}

async function identifyActive(
  view: FlashView,
  boot: BootSector,
  slots: readonly SlotState[],
  activeSlot: Survey["activeSlot"],
): Promise<Identity> {
  const started = slots.find((slot) => isStarted(slot, activeSlot));
  const isThere = started !== undefined && started.state !== "blank" && started.state !== "absent";
  if (!isThere)
    return { firmware: { family: FirmwareFamily.unknown }, firmwareCertainty: Certainty.uncertain };
  const { firmware, certainty } = await identifyByPlace(
    view,
    { firmware: started.firmware, certainty: Certainty.source, evidence: [] },
    boot.bootLoader,
  );
  const isKnown = firmware.family !== FirmwareFamily.unknown;
  return { firmware, firmwareCertainty: isKnown ? certainty : Certainty.uncertain };
}

function layoutOf(firmware: FirmwareId, map: FlashSize | undefined, size: number): FlashLayout | undefined {
  if (firmware.family === FirmwareFamily.unknown) return undefined;
  return layoutFor(firmware, map === undefined ? undefined : mapCodeOf(map), size);
}

async function withOverwrites(
  view: FlashView,
  slot: SlotState,
  reach: number | undefined,
  layout: FlashLayout | undefined,
): Promise<SlotState> {
  if (reach === undefined) return slot;
  const image = regionBetween(slot.offset, reach);
  const found = await findOverwrites(view, image, slot.firmware, layout);
  if (found.length === 0) return slot;
  return { ...slot, state: "looks-damaged", flaws: [...slot.flaws, ...found] };
}

async function lookDeeply(
  view: FlashView,
  quick: Survey,
  wanted: FirmwarePackage | undefined,
): Promise<Survey> {
  const slots: SlotState[] = [];
  for (const slot of quick.slots) {
    const proven = await deepenSlot(view, slot, partAt(wanted, slot.offset));
    slots.push(withEarlierFlaws(proven, slot));
  }
  await blanksOf(view, { offset: 0, size: view.size });
  const active = slots.find((slot) => isStarted(slot, quick.activeSlot));
  const firmware = active === undefined ? quick.firmware : clearer(active.firmware, quick.firmware);
  const layout = layoutOf(firmware, quick.header?.size, view.size);
  await readSavedCode(view, layout);
  return {
    ...quick,
    depth: "deep",
    slots,
    firmware,
    layout,
    regions: layout === undefined ? [] : regionStates(view, layout, quick.regions),
    contents: view.contents(),
    readBytes: view.readBytes,
    hashedBytes: view.hashedBytes,
  };
}

/** What told a quick look of damage tells where it comes from, also after sums have proven it. */
function withEarlierFlaws(proven: SlotState, quick: SlotState): SlotState {
  if (proven.state !== "damaged" || proven.flaws === quick.flaws) return proven;
  const settings = quick.flaws.filter(({ code }) => code === "evidence-wifi-block");
  return { ...proven, flaws: [...proven.flaws, ...settings] };
}

/** A name that was found by place stays unless the whole image gave one. */
function clearer(found: FirmwareId, before: FirmwareId): FirmwareId {
  return found.family === FirmwareFamily.unknown ? before : found;
}

interface Look extends Identity {
  readonly boot: BootSector;
  readonly slots: readonly SlotState[];
  readonly activeSlot: Survey["activeSlot"];
  readonly layout: FlashLayout | undefined;
  readonly regions: readonly RegionState[];
}

function assemble(view: FlashView, depth: SurveyDepth, look: Look): Survey {
  const { boot, slots, activeSlot, firmware, firmwareCertainty, layout, regions } = look;
  return {
    depth,
    flashSize: view.size,
    firstByte: boot.firstByte,
    header: boot.header,
    bootLoader: boot.bootLoader && { kind: boot.bootLoader.kind, version: boot.bootLoader.version },
    bootFlaws: boot.flaws,
    slots,
    activeSlot,
    firmware,
    firmwareCertainty,
    layout,
    regions,
    contents: view.contents(),
    readBytes: view.readBytes,
    hashedBytes: view.hashedBytes,
  };
}
