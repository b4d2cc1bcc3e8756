/**
 * A plan for files of which nothing is known but where they go.
 *
 * @module
 */
import { type Codecs, defaultCodecs } from "../codecs.js";
import { FlasherError } from "../errors.js";
import { Intent, type SectorAccount, SectorFate } from "../flash/account.js";
import { type FlashContents, type KnownContent, unknownContents } from "../flash/contents.js";
import type { FlashPlan, PlanData, PlannedWrite } from "../flash/plan.js";
import { checkImages, type ImageInput, prepareImages } from "../flash/plan-images.js";
import { fillStatements, type PlanChip, planWrites } from "../flash/plan-writes.js";
import { regionBetween, regionEnd } from "../flash/region.js";
import type { HeaderChoice } from "../image/patch-header.js";
import type { Target } from "../targets/target.js";
import { SectorTable, untouched } from "./accounts.js";
import { plannedHeader } from "./planned-header.js";

/** Files and where they go. */
export interface ImagesRequest {
  readonly target: Target;
  readonly chip: PlanChip;
  readonly images: readonly ImageInput[];
  /** Flash parameters for the image at offset 0; what is not named stays as it is in the file. */
  readonly header?: HeaderChoice;
  /** What is on the chip around the images, from `readFills`; without it those bytes are lost. */
  readonly contents?: readonly KnownContent[];
  /** Erase the whole chip first. */
  readonly eraseChip?: boolean;
  readonly codecs?: Codecs;
}

/**
 * Plans a write. Sectors that images share with other bytes are completed from `contents`, so that nothing around the
 * images is lost; where that is not known, the plan says what is.
 * @throws FlasherError `nothing-to-write`, `file-empty`, `images-overlap`, `does-not-fit`, `offset-misaligned`,
 * `image-other-chip`, `needs-stub` (whole-chip erase by the mask ROM)
 */
export function planImages(request: ImagesRequest): { plan: FlashPlan; data: PlanData } {
  const { target, chip, eraseChip = false, header = {}, codecs = defaultCodecs } = request;
  checkImages(request.images, target, chip.flashSize);
  checkChipErase(eraseChip, chip);
  const contents: FlashContents = { ...unknownContents, bytes: request.contents ?? [] };
  const { images, warnings } = prepareImages(request.images, header, target, chip.flashSize, codecs);
  const { writes, data } = planWrites({
    target,
    chip,
    images,
    contents,
    equal: [],
    erased: eraseChip ? [{ offset: 0, size: chip.flashSize }] : [],
    around: "keep",
    codecs,
  });
  const described = plannedHeader(images, header, target);
  const plan: FlashPlan = {
    format: "flashwright/plan",
    version: 2,
    intent: Intent.write,
    target: target.name,
    mac: chip.mac,
    flashSize: chip.flashSize,
    loader: chip.loader,
    ...(described === undefined ? {} : { header: described }),
    eraseChip,
    images: images.map(({ planned }) => planned),
    erases: [],
    writes,
    accounts: accountsOf(writes, eraseChip, chip.flashSize),
    warnings: [...warnings, ...writes.flatMap(fillStatements)],
  };
  return { plan, data };
}

/** @throws FlasherError `needs-stub` */
export function checkChipErase(eraseChip: boolean, chip: PlanChip): void {
  if (eraseChip && chip.loader === "rom")
    throw new FlasherError("needs-stub", { operation: "erasing the whole chip" });
}

/** Nothing is known of what anything means, so nothing is said to be lost; what is erased is named as such. */
function accountsOf(writes: readonly PlannedWrite[], eraseChip: boolean, flashSize: number): SectorAccount[] {
  const table = new SectorTable(flashSize);
  const chip = { offset: 0, size: flashSize };
  if (eraseChip) {
    const reason = { code: "sector-chip-erased", params: {} } as const;
    table.set(chip, () => ({ ...untouched, fate: SectorFate.erased, reason }));
  }
  for (const { region, erases } of writes) {
    const reason = { code: "sector-erased-by-rom", params: {} } as const;
    const behind = regionBetween(regionEnd(region), regionEnd(erases));
    table.set(behind, () => ({ ...untouched, fate: SectorFate.erased, reason }));
  }
  for (const { region } of writes) {
    table.set(region, () => ({ ...untouched, fate: SectorFate.written, reason: undefined }));
  }
  return table.accounts();
}
