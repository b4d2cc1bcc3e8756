/**
 * What flash is to hold when a diagnosis' fixes have been made.
 *
 * @module
 */

import type { Fix } from "../diagnose/finding.js";
import { FlasherError } from "../errors.js";
import type { FlashContents } from "../flash/contents.js";
import type { PlannedBoot } from "../flash/plan.js";
import {
  type FlashSize,
  parseFlashFreq,
  parseFlashMode,
  parseFlashSize,
  type Statement,
} from "../image/flash-params.js";
import type { HeaderChoice } from "../image/patch-header.js";
import { mapCodeOf } from "../maps/flash-map.js";
import type { FlashLayout } from "../maps/layout.js";
import { layoutFor } from "../maps/layout-for.js";
import { USER1_OFFSET } from "../packages/places.js";
import type { Target } from "../targets/target.js";
import { presentBootSector } from "./boot-sector.js";
import type { Goal, GoalBlank, GoalImage } from "./goal.js";
import type { PackageRequest, RepairRequest } from "./package-request.js";
import { phyInitPart } from "./phy-init-part.js";
import type { HeaderReasons } from "./planned-header.js";
import { type RecordSources, type SlotGoal, startingSlot } from "./slot-record.js";

type FixOf<Kind extends Fix["kind"]> = Extract<Fix, { readonly kind: Kind }>;

/**
 * The goal of a repair without a package.
 * @param contents must hold the first sector where a fix changes the header
 * @throws FlasherError `recover-needs-package` with what only a package can bring back; `plan-needs-contents`
 */
export function repairGoal(request: RepairRequest, contents: FlashContents): Goal {
  const { survey, target, fixes } = request;
  checkPossible(fixes);
  const header = { ...fixedHeader(fixes, target), ...request.header };
  const map = header.size ?? survey.header?.size;
  const layout = layoutAfter(request, map);
  const changesHeader = Object.values(header).some((field) => field !== undefined);
  const makesPhyInit = fixes.some(({ kind }) => kind === "phy-init") || header.size !== undefined;
  const phyInit = makesPhyInit
    ? phyInitPart({
        future: layout,
        present: survey.layout,
        contents,
        keeps: true,
        fromPackage: undefined,
        options: undefined,
        firmware: survey.firmware,
      })
    : undefined;
  const images: GoalImage[] = [
    ...(changesHeader ? [presentBootSector({ header, contents, package: target.title })] : []),
    ...(phyInit === undefined ? [] : [phyInit.image]),
  ];
  const boots = bootsAfter(request, map);
  const blank = fixedBlanks(fixes, survey.layout, layout);
  const record = slotAfter(request, { boots, map, contents, blank });
  const diagnosed: Statement = { code: "header-as-diagnosed", params: {} };
  const present: Statement = { code: "header-as-present", params: {} };
  const reasonFor = (field: keyof HeaderChoice): HeaderReasons =>
    request.header?.[field] !== undefined
      ? {}
      : { [field]: header[field] === undefined ? present : diagnosed };
  return {
    firmware: survey.firmware,
    layout,
    images: [...images, ...record.images],
    blank: [...record.blank, ...blank],
    header,
    reasons: { ...reasonFor("mode"), ...reasonFor("freq"), ...reasonFor("size") },
    ...(boots === undefined ? {} : { boots }),
    warnings: phyInit?.note === undefined ? [] : [phyInit.note],
  };
}

/** The request with what the fixes say of the header; what a person asked for comes first. */
export function withFixedHeader(request: PackageRequest): PackageRequest {
  const header = { ...fixedHeader(request.fixes ?? [], request.target), ...request.header };
  return { ...request, header };
}

/**
 * What the fixes erase.
 * @param present the layout of what starts now, which names what is erased
 * @param future the layout afterwards, for a chip on which nothing was recognised
 */
export function fixedBlanks(
  fixes: readonly Fix[],
  present: FlashLayout | undefined,
  future: FlashLayout | undefined,
): GoalBlank[] {
  const ids = fixesOf(fixes, "erase").flatMap(({ regions }) => regions);
  const erased = (present ?? future)?.regions.filter(({ id }) => ids.includes(id)) ?? [];
  return erased.map(
    ({ offset, size, id }): GoalBlank => ({
      region: { offset, size },
      reason: { code: "blank-by-fix", params: { what: id } },
    }),
  );
}

function checkPossible(fixes: readonly Fix[]): void {
  const rewritten = fixesOf(fixes, "rewrite").flatMap(({ slots }) => slots);
  const installed = fixesOf(fixes, "install").map(({ build }) => build ?? "firmware");
  const what = [...rewritten, ...installed];
  if (what.length > 0) throw new FlasherError("recover-needs-package", { what: [...new Set(what)] });
}

function fixedHeader(fixes: readonly Fix[], { image: { flashParams } }: Target): HeaderChoice {
  const choices = fixesOf(fixes, "header").map(
    ({ mode, freq, size }): HeaderChoice => ({
      ...(mode === undefined ? {} : { mode: parseFlashMode(mode, flashParams) }),
      ...(freq === undefined ? {} : { freq: parseFlashFreq(freq, flashParams) }),
      ...(size === undefined ? {} : { size: parseFlashSize(size, flashParams) }),
    }),
  );
  return Object.assign({}, ...choices);
}

function layoutAfter({ survey, chip }: RepairRequest, map: FlashSize | undefined): FlashLayout | undefined {
  const { firmware } = survey;
  if (map === undefined) return survey.layout;
  if (map.size > chip.flashSize) {
    const { name, size } = map;
    const what = firmware.build ?? firmware.family;
    throw new FlasherError("map-exceeds-chip", { package: what, name, size, flashSize: chip.flashSize });
  }
  return layoutFor(firmware, mapCodeOf(map), chip.flashSize) ?? survey.layout;
}

function bootsAfter({ survey, fixes }: RepairRequest, map: FlashSize | undefined): PlannedBoot | undefined {
  if (survey.bootLoader?.kind !== "sdk") return undefined;
  const resets = fixesOf(fixes, "boot-slot").length > 0;
  if (!resets && survey.activeSlot === "user2") {
    return map?.user2Offset === undefined ? undefined : { slot: "user2", offset: map.user2Offset };
  }
  return { slot: "user1", offset: USER1_OFFSET };
}

/** The record that makes it so: where a fix asks for it, and under a map by which the second boot looks elsewhere. */
function slotAfter(
  { survey, fixes }: RepairRequest,
  goal: Pick<RecordSources, "contents" | "blank"> & {
    readonly boots: PlannedBoot | undefined;
    readonly map: FlashSize | undefined;
  },
): SlotGoal {
  const { boots, map, contents, blank } = goal;
  const isAsked = fixesOf(fixes, "boot-slot").length > 0 || map?.code !== survey.header?.size?.code;
  if (boots === undefined || map === undefined || !isAsked) return { images: [], blank: [] };
  return startingSlot(boots.slot, { map, release: survey.bootLoader?.version, contents, blank });
}

function fixesOf<Kind extends Fix["kind"]>(fixes: readonly Fix[], kind: Kind): FixOf<Kind>[] {
  return fixes.filter((fix): fix is FixOf<Kind> => fix.kind === kind);
}
