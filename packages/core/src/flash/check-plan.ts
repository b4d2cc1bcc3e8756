/**
 * Whether a plan agrees with itself, so that what it shows is all that it does.
 *
 * @module
 */
import { checkAccounts } from "./check-accounts.js";
import { SECTOR_SIZE } from "./geometry.js";
import type { FlashPlan, PlannedImage, PlannedWrite } from "./plan.js";
import { Expected, type PlanField } from "./plan-field.js";
import {
  alignOutward,
  contains,
  overlaps,
  type Region,
  regionEnd,
  subtractRegions,
  totalSize,
} from "./region.js";

/**
 * Checks what no single field shows.
 * @param root the plan with its path, to name the field that is wrong
 * @throws FlasherError `plan-format`
 */
export function checkPlanIntegrity(plan: FlashPlan, root: PlanField): void {
  const images = [...plan.images].sort((a, b) => a.offset - b.offset);
  checkImagesApart(images, root.field("images"));
  checkErases(plan, root.field("erases"));
  let end = 0;
  root.field("writes").list((field, index) => {
    const write = plan.writes[index];
    if (write.region.offset < end) field.field("region").refuse(Expected.rising);
    end = regionEnd(write.region);
    checkWrite(write, images, field);
  });
  checkImagesWhole(plan, root.field("images"));
  checkAccounts(plan, root.field("accounts"));
}

function checkImagesApart(sorted: readonly PlannedImage[], field: PlanField): void {
  sorted.forEach((image, index) => {
    if (index > 0 && overlaps(sorted[index - 1], image)) field.refuse(Expected.imageApart);
  });
}

function checkErases({ erases }: FlashPlan, field: PlanField): void {
  field.list((item, index) => {
    const end = index === 0 ? 0 : regionEnd(erases[index - 1]);
    if (erases[index].offset < end) item.refuse(Expected.erasesApart);
  });
}

/** Every sector of an image is written, or is said to be in flash already. */
function checkImagesWhole({ images, writes, accounts }: FlashPlan, field: PlanField): void {
  const equal = accounts.filter(({ fate }) => fate === "equal").map(({ region }) => region);
  const there = [...writes.map(({ region }) => region), ...equal];
  for (const image of images) {
    if (subtractRegions(alignOutward(image, SECTOR_SIZE), there).length > 0)
      field.refuse(Expected.imageWritten);
  }
}

function checkWrite(write: PlannedWrite, images: readonly PlannedImage[], field: PlanField): void {
  const { region, erases } = write;
  if (erases.offset !== region.offset || !contains(erases, region)) {
    field.field("erases").refuse(Expected.erases);
  }
  const inside = images.filter((image) => overlaps(region, image));
  if (!sameNames(write.images, inside)) field.field("images").refuse(Expected.imageNamed);
  checkFills(write, images, field.field("fills"));
}

/** The mask ROM may erase a sector that a later write fills: what images of it lie there needs no fill. */
function checkFills(
  { region, erases, fills }: PlannedWrite,
  images: readonly Region[],
  field: PlanField,
): void {
  const regions = fills.map((fill) => fill.region);
  const parts = [...images.filter((image) => overlaps(erases, image)), ...regions];
  const apart = parts.reduce((sum, { size }) => sum + size, 0) === totalSize(parts);
  if (!apart || !regions.every((fill) => contains(erases, fill))) field.refuse(Expected.fillApart);
  const kept = fills.filter(({ fate }) => fate === "kept");
  if (!kept.every((fill) => contains(region, fill.region))) field.refuse(Expected.fillKept);
  if (subtractRegions(erases, parts).length > 0) field.refuse(Expected.accounted);
}

function sameNames(names: readonly string[], images: readonly PlannedImage[]): boolean {
  const sorted = [...names].sort();
  const expected = images.map(({ name }) => name).sort();
  return sorted.length === expected.length && sorted.every((name, index) => name === expected[index]);
}
