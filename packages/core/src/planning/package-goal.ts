/**
 * What flash is to hold when a package has been installed, or has replaced an older version.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import { Intent } from "../flash/account.js";
import type { FlashContents } from "../flash/contents.js";
import type { FlashSize, Statement } from "../image/flash-params.js";
import { mapCodeOf } from "../maps/flash-map.js";
import { HazardEffect } from "../maps/hazards.js";
import { judgeMap } from "../maps/judge-map.js";
import { type FlashLayout, RegionOwner } from "../maps/layout.js";
import { layoutFor } from "../maps/layout-for.js";
import { PartRole } from "../packages/firmware-package.js";
import { identifyBootLoader } from "../packages/identify/boot-loader.js";
import { type PlacedPart, resolveParts } from "../packages/places.js";
import { type BootSector, presentBootSector } from "./boot-sector.js";
import { chooseMap } from "./choose-map.js";
import { chooseFreq, chooseMode } from "./choose-mode.js";
import { type ChosenSlot, chooseSlot } from "./choose-slot.js";
import { cleanStart } from "./clean-start.js";
import type { Goal, GoalBlank, GoalImage } from "./goal.js";
import { imageEndOf } from "./image-end.js";
import type { PackageRequest } from "./package-request.js";
import { phyInitPart } from "./phy-init-part.js";
import type { HeaderReasons } from "./planned-header.js";
import { fixedBlanks, withFixedHeader } from "./repair-goal.js";
import { startingSlot } from "./slot-record.js";

const OWNERS: Readonly<Partial<Record<PartRole, RegionOwner>>> = {
  boot: RegionOwner.boot,
  user1: RegionOwner.user1,
  user2: RegionOwner.user2,
  app: RegionOwner.app,
  irom: RegionOwner.app,
  "phy-init": RegionOwner.phyInit,
  "file-system": RegionOwner.fileSystem,
};

/**
 * The goal.
 * @param contents for the chip's own PHY init data and boot sector
 * @throws FlasherError those of `chooseMap`, `chooseSlot`, `resolveParts`; `image-exceeds-layout`, `package-without-boot`
 */
export function packageGoal(asked: PackageRequest, contents: FlashContents): Goal {
  const request = withFixedHeader(asked);
  const { package: pack, chip, survey, intent } = request;
  const map = chooseMap(request);
  const mode = chooseMode(request);
  const freq = chooseFreq(request);
  const layout = layoutFor(pack.firmware, mapCodeOf(map.size), chip.flashSize);
  checkImageEnd(request, layout, map.size);
  const slot = chooseSlot(request, map.size, layout);
  const parts = resolveParts(pack, map.size.size);
  const phyInit = phyInitPart({
    future: layout,
    present: survey?.layout,
    contents,
    keeps: intent !== Intent.install && request.eraseChip !== true,
    fromPackage: parts.filter(({ role }) => role === PartRole.phyInit).map(goalImage)[0],
    options: request.phyInit,
    firmware: pack.firmware,
  });
  const header = { mode: mode.value, freq: freq.value, size: map.size };
  const boot = bootSector(request, parts, slot, header, contents);
  const images = [
    ...parts.filter(isProgram).map(goalImage),
    ...(slot?.boots.slot === "user2" ? [slotImage(slot)] : []),
    ...(phyInit === undefined ? [] : [phyInit.image]),
    ...(boot === undefined ? [] : [boot]),
  ].filter(({ owner }) => !(slot?.boots.slot === "user2" && owner === RegionOwner.user1));
  const blank = [
    ...fixedBlanks(request.fixes ?? [], survey?.layout, layout),
    ...blanksOf(request, layout, parts),
  ];
  const release = releaseOf(request);
  const erased = request.eraseChip === true ? [{ region: { offset: 0, size: chip.flashSize } }] : blank;
  const record = slot && startingSlot(slot.boots.slot, { map: map.size, release, contents, blank: erased });
  return {
    firmware: pack.firmware,
    layout,
    images: [...images, ...(record?.images ?? [])],
    blank: [...(record?.blank ?? []), ...blank],
    header,
    reasons: { mode: mode.reason, freq: freq.reason, size: map.reason, ...diagnosedReasons(asked, request) },
    ...(slot === undefined ? {} : { boots: slot.boots }),
    warnings: [
      ...(slot?.warnings ?? []),
      ...(phyInit?.note === undefined ? [] : [phyInit.note]),
      ...hazardsOf(request, map.size),
    ],
  };
}

const HEADER_FIELDS = ["mode", "freq", "size"] as const;

/** Why the fields of the header are written that a fix names and nobody asked for. */
function diagnosedReasons(asked: PackageRequest, fixed: PackageRequest): HeaderReasons {
  const reason: Statement = { code: "header-as-diagnosed", params: {} };
  const named = HEADER_FIELDS.filter((field) => asked.header?.[field] !== fixed.header?.[field]);
  return Object.fromEntries(named.map((field) => [field, reason]));
}

/** What is written as it is; blanks are erased, and PHY init data has rules of its own. */
function isProgram({ role }: PlacedPart): boolean {
  return role !== PartRole.blank && role !== PartRole.phyInit;
}

function goalImage({ name, offset, bytes, role }: PlacedPart): GoalImage {
  return { name, offset, bytes, owner: OWNERS[role] };
}

function slotImage({ image, boots }: ChosenSlot): GoalImage {
  return { name: image.name, offset: boots.offset, bytes: image.bytes, owner: RegionOwner.user2 };
}

function blanksOf(
  request: PackageRequest,
  layout: FlashLayout | undefined,
  parts: readonly PlacedPart[],
): GoalBlank[] {
  const blanks = parts.filter(({ role }) => role === PartRole.blank);
  return cleanStart(request.intent, layout, request.survey?.layout, blanks);
}

/** Version of the second boot that is on the chip afterwards: the package's, or the one that is there. */
export function releaseOf({ package: pack, survey }: PackageRequest): string | undefined {
  const boot = pack.parts.find(({ role }) => role === PartRole.boot);
  return (boot && identifyBootLoader(boot.bytes)?.version) ?? survey?.bootLoader?.version;
}

/** A package that starts at 0x1000 runs under the boot loader and the header that are on the chip. */
function bootSector(
  request: PackageRequest,
  parts: readonly PlacedPart[],
  slot: ChosenSlot | undefined,
  header: BootSector["header"],
  contents: FlashContents,
): GoalImage | undefined {
  const { package: pack, survey } = request;
  if (slot === undefined || parts.some(({ offset, role }) => offset === 0 && role !== PartRole.blank)) {
    return undefined;
  }
  if (survey !== undefined && survey.bootLoader?.kind !== "sdk") {
    throw new FlasherError("package-without-boot", { package: pack.name });
  }
  return presentBootSector({ header, contents, package: pack.name });
}

/** A program may not reach beyond its layout's limit: what lies behind is the firmware's own to write. */
function checkImageEnd(request: PackageRequest, layout: FlashLayout | undefined, map: FlashSize): void {
  const { package: pack } = request;
  const end = imageEndOf(pack);
  if (layout === undefined || end === undefined || end <= layout.imageLimit) return;
  throw new FlasherError("image-exceeds-layout", {
    package: pack.name,
    map: map.name,
    end,
    limit: layout.imageLimit,
  });
}

/** What will go wrong under a map that was forced, or that the package asks for itself. */
function hazardsOf({ package: pack, chip }: PackageRequest, map: FlashSize): Statement[] {
  const judgement = judgeMap({
    firmware: pack.firmware,
    map: mapCodeOf(map),
    flashSize: chip.flashSize,
    imageEnd: imageEndOf(pack),
    ...(pack.linkedMap === undefined ? {} : { linkedMap: mapCodeOf(pack.linkedMap) }),
  });
  const hazards = judgement?.hazards ?? [];
  return hazards.filter(({ effect }) => effect !== HazardEffect.minor).map(({ what }) => what);
}
