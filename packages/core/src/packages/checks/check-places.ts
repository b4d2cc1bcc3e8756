/**
 * Whether files go where the firmware and the SDK look for them, where somebody else chose the offsets.
 *
 * @module
 */
import type { FlashSize } from "../../image/flash-params.js";
import { FirmwareFamily } from "../../maps/firmware-id.js";
import { esp8266FlashParams } from "../../targets/esp8266/flash-params.js";
import { linkedOffset } from "../contents/link-base.js";
import { slotByHeader } from "../contents/slot.js";
import type { Draft, DraftPart, Linked } from "../draft.js";
import type { PackageFinding } from "../firmware-package.js";
import { AT_BLANK, BLANK_FROM_END, BLANK_SLIP, PHY_INIT_FROM_END, USER1_OFFSET } from "../places.js";

/** What `BLANK_SLIP` was to be. */
const BLANK_MEANT = 0x3f_e000;

/** Second slots by where an image for them is linked; those of 1024+1024 maps show in the window of the first one. */
const SECOND_SLOTS: ReadonlySet<number> = new Set([0x4_1000, 0x8_1000, 0x10_1000]);
const REMAPPED_SLOT = 0x10_1000;

/** What is at the wrong place. Empty where there are no instructions: then the places are our own. */
export function checkPlaces(draft: Draft, linked: Linked): PackageFinding[] {
  if (draft.instructed === undefined) return [];
  const size = sizeInForce(draft, linked);
  return draft.parts.flatMap((part) => {
    if (part.place.from === "end") return [];
    const { offset } = part.place;
    if (part.content.kind === "update") return checkSlot(part, offset);
    if (part.role === "phy-init") return checkPhyInit(part, offset, size);
    return part.role === "blank" ? checkBlank(part, offset, size, linked) : [];
  });
}

/** What the header will say; `undefined` where it depends on the chip. */
function sizeInForce({ instructed }: Draft, { map }: Linked): FlashSize | undefined {
  const text = instructed?.texts.size?.toLowerCase();
  return instructed?.choice.size ?? (text === "detect" ? undefined : map);
}

function checkSlot(part: DraftPart, offset: number): PackageFinding[] {
  const { name, content } = part;
  if (offset === 0) return [{ code: "update-image-at-start", severity: "error", params: { name } }];
  const linked = content.image === undefined ? undefined : linkedOffset(content.bytes, content.image);
  const place = offset === USER1_OFFSET ? "user1" : SECOND_SLOTS.has(offset) ? "user2" : undefined;
  if (linked !== undefined && linked !== offset && !(linked === USER1_OFFSET && offset === REMAPPED_SLOT)) {
    const wanted = place ?? "user1";
    return [{ code: "package-slot-linked", severity: "error", params: { name, offset, linked, wanted } }];
  }
  const said = slotByHeader(content);
  if (said === undefined || place === undefined || said === place) return [];
  return [{ code: "package-slot-differs", severity: "warning", params: { name, said, place } }];
}

function checkPhyInit(part: DraftPart, offset: number, size: FlashSize | undefined): PackageFinding[] {
  if (size === undefined ? isPlaceOf(offset, PHY_INIT_FROM_END) : offset === size.size - PHY_INIT_FROM_END) {
    return [];
  }
  const bytes = size?.size ?? sizeNearest(offset);
  const params = { name: part.name, offset, size: bytes, expected: bytes - PHY_INIT_FROM_END };
  return [{ code: "package-phy-init-misplaced", severity: "error", params }];
}

/** A blank may go anywhere to clear a sector; at the end of another flash size, or at a known slip, it is a mistake. */
function checkBlank(
  { name }: DraftPart,
  offset: number,
  size: FlashSize | undefined,
  { firmware, map }: Linked,
): PackageFinding[] {
  if (offset === BLANK_SLIP) {
    const params = { name, offset, expected: BLANK_MEANT };
    return [{ code: "package-blank-typo", severity: "error", params }];
  }
  if (size === undefined || offset === size.size - BLANK_FROM_END) return [];
  const isForAt = firmware.family === FirmwareFamily.at && offset === AT_BLANK[map?.split ?? size.split];
  if (isForAt || !isPlaceOf(offset, BLANK_FROM_END)) return [];
  const params = { name, offset, size: size.size, expected: size.size - BLANK_FROM_END };
  return [{ code: "package-blank-misplaced", severity: "warning", params }];
}

/** Whether an offset is that far from the end of any flash size. */
function isPlaceOf(offset: number, fromEnd: number): boolean {
  return esp8266FlashParams.sizes.some(({ size }) => offset === size - fromEnd);
}

/** The smallest flash that an offset lies in; the largest where it lies in none. */
function sizeNearest(offset: number): number {
  const sizes = esp8266FlashParams.sizes.map(({ size }) => size);
  const larger = sizes.filter((size) => size > offset);
  return larger.length === 0 ? Math.max(...sizes) : Math.min(...larger);
}
