/**
 * Whether files go where the firmware and the SDK look for them, where somebody else chose the offsets.
 *
 * @module
 */
import type { FlashSize } from "../../image/flash-params.js";
import { FirmwareFamily } from "../../maps/firmware-id.js";
import { linkedOffset } from "../contents/link-base.js";
import { slotByHeader } from "../contents/slot.js";
import type { Draft, DraftPart, Linked } from "../draft.js";
import type { PackageFinding } from "../firmware-package.js";
import { AT_BLANK, USER1_OFFSET } from "../places.js";
import { checkBlankPlace, checkPhyInitPlace, checkUpdateStart } from "./place-rules.js";

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
    const chosen = { name: part.name, offset };
    if (part.role === "phy-init") return checkPhyInitPlace(chosen, size);
    return part.role === "blank" ? checkBlankPlace(chosen, size, blanksBeside(linked, size)) : [];
  });
}

/** What the header will say; `undefined` where it depends on the chip. */
function sizeInForce({ instructed }: Draft, { map }: Linked): FlashSize | undefined {
  const text = instructed?.texts.size?.toLowerCase();
  return instructed?.choice.size ?? (text === "detect" ? undefined : map);
}

function checkSlot(part: DraftPart, offset: number): PackageFinding[] {
  const { name, content } = part;
  if (offset === 0) return checkUpdateStart({ name, offset });
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

/** Where AT wants a blank beside that at the end. */
function blanksBeside({ firmware, map }: Linked, size: FlashSize | undefined): (number | undefined)[] {
  const split = map?.split ?? size?.split;
  return firmware.family === FirmwareFamily.at && split !== undefined ? [AT_BLANK[split]] : [];
}
