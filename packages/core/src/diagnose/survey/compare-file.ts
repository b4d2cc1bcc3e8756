/**
 * Comparing an application with the file that it came from: one digest in place of half a megabyte.
 *
 * @module
 */
import { toHex } from "../../bytes.js";
import type { FirmwareId } from "../../maps/firmware-id.js";
import type { FirmwarePackage, PackagePart } from "../../packages/firmware-package.js";
import type { FlashView } from "../sources/flash-view.js";
import type { SlotState } from "../survey.js";

/** The application that a package puts at an offset of flash. */
export function partAt(wanted: FirmwarePackage | undefined, offset: number): PackagePart | undefined {
  return wanted?.parts.find(({ place, role }) => {
    const isApplication = role === "user1" || role === "user2" || role === "app";
    return isApplication && place.from === "start" && place.offset === offset;
  });
}

/** Whether flash holds exactly these bytes; takes them for known if it does. */
export async function holds(view: FlashView, offset: number, bytes: Uint8Array): Promise<boolean> {
  if (offset + bytes.length > view.size) return false;
  const md5 = await view.md5({ offset, size: bytes.length });
  if (md5 !== toHex(view.codecs.md5(bytes))) return false;
  view.learn(offset, bytes);
  return true;
}

/**
 * What a digest adds to a quick look: the file is there, or something else is by the same name. Another release is not
 * compared, nor one beyond what the look may cost.
 */
export async function compareQuickly(
  view: FlashView,
  slot: SlotState,
  wanted: FirmwarePackage | undefined,
): Promise<SlotState> {
  const part = partAt(wanted, slot.offset);
  const isComparable = slot.state === "looks-whole" || slot.state === "looks-damaged";
  if (wanted === undefined || part === undefined || !isComparable) return slot;
  if (!isSame(slot.firmware, wanted.firmware) || !view.affords({ hashedBytes: part.bytes.length }))
    return slot;
  if (await holds(view, slot.offset, part.bytes)) return { ...slot, state: "intact", flaws: [] };
  const params = { offset: slot.offset, size: part.bytes.length, name: part.name };
  const flaw = { code: "evidence-differs-from-file", params } as const;
  return { ...slot, state: "looks-damaged", flaws: [...slot.flaws, flaw] };
}

function isSame(a: FirmwareId, b: FirmwareId): boolean {
  return a.family === b.family && a.build === b.build && a.version === b.version;
}
