/**
 * The PHY init data that a plan writes: the chip's own where it has some, else the package's, else made.
 *
 * @module
 */

import { bytesOf, type FlashContents } from "../flash/contents.js";
import type { Region } from "../flash/region.js";
import {
  makePhyInit,
  PHY_INIT_SIZE,
  type PhyInitOptions,
  type PhyInitVersion,
  readPhyInit,
} from "../formats/phy-init.js";
import type { Statement } from "../image/flash-params.js";
import { compareEspruinoVersions } from "../maps/espruino-version.js";
import { Certainty, FirmwareFamily, type FirmwareId } from "../maps/firmware-id.js";
import { type FlashLayout, RegionOwner } from "../maps/layout.js";
import { phrase } from "../messages/catalogue.js";
import type { GoalImage } from "./goal.js";

/** Data to write, and what a person should know of it. */
export interface PhyInitPart {
  readonly image: GoalImage;
  readonly note?: Statement;
}

/** Where a layout has its PHY init data; `undefined` for firmware that brings its own, or whose place is not certain. */
export function phyInitPlace(layout: FlashLayout | undefined): Region | undefined {
  const region = layout?.regions.find(({ owner }) => owner === RegionOwner.phyInit);
  if (region === undefined || region.certainty === Certainty.uncertain) return undefined;
  return { offset: region.offset, size: PHY_INIT_SIZE };
}

/** What is to be at the place of the PHY init data; `undefined` where it is to stay as it is. */
export function phyInitPart(given: {
  readonly future: FlashLayout | undefined;
  readonly present: FlashLayout | undefined;
  readonly contents: FlashContents;
  /** Whether what the chip has counts: on updates and repairs. */
  readonly keeps: boolean;
  readonly fromPackage: GoalImage | undefined;
  readonly options: Partial<PhyInitOptions> | undefined;
  readonly firmware: FirmwareId;
}): PhyInitPart | undefined {
  const { future, fromPackage, options, firmware } = given;
  const place = phyInitPlace(future);
  if (place === undefined) return fromPackage && { image: fromPackage };
  if (options === undefined && given.keeps) {
    if (isPhyInit(bytesOf(place, given.contents))) return undefined;
    const moved = movedFrom(given.present, place, given.contents);
    if (moved !== undefined) return moved;
  }
  if (options === undefined && fromPackage !== undefined) return placed(fromPackage, place);
  const version = options?.version ?? phyInitVersionFor(firmware);
  const image = imageAt(place, makePhyInit({ ...options, version }));
  return { image, note: { code: "phy-init-made", params: { version, offset: place.offset } } };
}

/**
 * The version that a firmware's makers ship: 8 with SDK 2.2 and later, 5 before. Espruino has SDK 2.2 since 2v00 and ships
 * version 8 with 2v09; for the releases between UNCERTAIN, and of no consequence but for the transmit power.
 */
function phyInitVersionFor({ family, version }: FirmwareId): PhyInitVersion {
  if (family !== FirmwareFamily.espruino || version === undefined) return 8;
  return (compareEspruinoVersions(version, "2v00") ?? 0) < 0 ? 5 : 8;
}

/** Instructions may have been written for another map than the one that comes to be in force. */
function placed(image: GoalImage, { offset }: Region): PhyInitPart {
  if (image.offset === offset) return { image };
  const note: Statement = { code: "phy-init-placed", params: { from: image.offset, to: offset } };
  return { image: { ...image, offset }, note };
}

/** What is where the present map has it may be the board's own: another crystal, less power. */
function movedFrom(
  present: FlashLayout | undefined,
  place: Region,
  contents: FlashContents,
): PhyInitPart | undefined {
  const old = phyInitPlace(present);
  if (old === undefined || old.offset === place.offset) return undefined;
  const bytes = bytesOf(old, contents);
  if (bytes === undefined || !isPhyInit(bytes)) return undefined;
  const note: Statement = { code: "phy-init-moved", params: { from: old.offset, to: place.offset } };
  return { image: imageAt(place, bytes), note };
}

function isPhyInit(bytes: Uint8Array | undefined): boolean {
  return bytes !== undefined && readPhyInit(bytes) !== undefined;
}

function imageAt({ offset }: Region, bytes: Uint8Array): GoalImage {
  return { name: phrase("part-phy-init"), offset, bytes, owner: RegionOwner.phyInit };
}
