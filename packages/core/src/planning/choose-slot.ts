/**
 * The update slot that a package is written to, so that what was written is what starts.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import type { PlannedBoot } from "../flash/plan.js";
import type { FlashSize, Statement } from "../image/flash-params.js";
import { type FlashLayout, RegionOwner } from "../maps/layout.js";
import { type PackagePart, PartRole } from "../packages/firmware-package.js";
import { USER1_OFFSET } from "../packages/places.js";
import type { PackageRequest } from "./package-request.js";

/** The slot and its image. What has to be done that it starts: see `startingSlot`. */
export interface ChosenSlot {
  readonly boots: PlannedBoot;
  readonly image: PackagePart;
  readonly warnings: readonly Statement[];
}

/**
 * `undefined` for a package without update slots.
 * @throws FlasherError `slot-not-in-package`, `slot-not-active`, `slot-not-usable`
 */
export function chooseSlot(
  request: PackageRequest,
  map: FlashSize,
  layout: FlashLayout | undefined,
): ChosenSlot | undefined {
  if (request.slot === "user2") return user2(request, map, layout);
  const image = partOf(request, PartRole.user1);
  if (image === undefined) return undefined;
  const boots = { slot: "user1", offset: USER1_OFFSET } as const;
  if (request.survey?.activeSlot !== "user2") return { boots, image, warnings: [] };
  const params = { name: image.name };
  return { boots, image, warnings: [{ code: "slot-reset-to-user1", params }] };
}

/** Only a slot that starts already: which one does is the firmware's business, and the way back to user1 is enough. */
function user2(request: PackageRequest, map: FlashSize, layout: FlashLayout | undefined): ChosenSlot {
  const image = partOf(request, PartRole.user2);
  if (image === undefined)
    throw new FlasherError("slot-not-in-package", { package: request.package.name, slot: "user2" });
  if (request.survey?.activeSlot !== "user2") throw new FlasherError("slot-not-active", { slot: "user2" });
  const region = layout?.regions.find(({ owner }) => owner === RegionOwner.user2);
  const offset = map.user2Offset;
  if (offset === undefined || region?.unusable === true || image.bytes.length > (region?.size ?? Infinity)) {
    throw new FlasherError("slot-not-usable", { slot: "user2", map: map.name, name: image.name });
  }
  const warnings: Statement[] = [{ code: "slot-written-active", params: { slot: "user2", offset } }];
  return { boots: { slot: "user2", offset }, image, warnings };
}

function partOf({ package: pack }: PackageRequest, role: PartRole): PackagePart | undefined {
  return pack.parts.find((part) => part.role === role);
}
