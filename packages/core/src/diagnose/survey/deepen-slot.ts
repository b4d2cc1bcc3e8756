/**
 * Proves an application: by comparing it with its file, or by computing its sums.
 *
 * @module
 */
import { equalBytes, isFilledWith, readWord, toHex } from "../../bytes.js";
import { ERASED_BYTE, SECTOR_SIZE } from "../../flash/geometry.js";
import { alignUp, mergeRegions, type Region } from "../../flash/region.js";
import { inspectEspImage } from "../../image/esp-image.js";
import type { ImageFinding } from "../../image/finding.js";
import type { Statement } from "../../image/flash-params.js";
import { type EspImage, UPDATE_HEADER_SIZE, UPDATE_MAGIC } from "../../image/image-types.js";
import { FirmwareFamily } from "../../maps/firmware-id.js";
import type { PackagePart } from "../../packages/firmware-package.js";
import { identifyText } from "../../packages/identify/identify-text.js";
import { esp8266ImageTarget as target } from "../../targets/esp8266/image-target.js";
import type { FlashView } from "../sources/flash-view.js";
import type { SlotState } from "../survey.js";
import { holds } from "./compare-file.js";
import { micropythonSize, withBuild } from "./identify-walk.js";

/** Code runs from one megabyte of flash. */
const MOST_CODE = 0x10_0000;

/** Families that say on what a firmware is built, and not which it is. */
const GENERIC: ReadonlySet<FirmwareFamily> = new Set<FirmwareFamily>([
  FirmwareFamily.unknown,
  FirmwareFamily.nonos,
  FirmwareFamily.arduino,
  FirmwareFamily.rboot,
]);

/**
 * The state of an application after all of it was looked at.
 * @param part the file that is to be there, if one is known
 */
export async function deepenSlot(
  view: FlashView,
  slot: SlotState,
  part: PackagePart | undefined,
): Promise<SlotState> {
  if (slot.state === "blank" || slot.state === "absent") return slot;
  if (slot.size === undefined) return { ...slot, firmware: await nameCode(view, slot), state: "damaged" };
  const place = { offset: slot.offset, size: slot.size };
  if (part !== undefined && (await holds(view, slot.offset, part.bytes))) {
    const { image } = inspectEspImage(part.bytes, target);
    return { ...slot, state: "intact", flaws: [], ...(image && { image }) };
  }
  const bytes = await view.read(place);
  const seen = { ...slot, firmware: nameAgain(slot, bytes) };
  return judge(view, seen, bytes, part);
}

/** Where the headers behind the code are gone, with the names that stand there, the code itself may still hold one. */
async function nameCode(view: FlashView, slot: SlotState): Promise<SlotState["firmware"]> {
  const head = await view.read({ offset: slot.offset, size: UPDATE_HEADER_SIZE });
  if (head[0] !== UPDATE_MAGIC) return slot.firmware;
  // The fourth word of an update header is the size of the code.
  const size = Math.min(UPDATE_HEADER_SIZE + readWord(head, 12), MOST_CODE);
  return nameAgain(slot, await view.read(view.clip({ offset: slot.offset, size })));
}

/** The whole of an application tells more than the part that a quick look reads. */
function nameAgain({ firmware, offset, linkedParams }: SlotState, bytes: Uint8Array): SlotState["firmware"] {
  const found = withBuild(identifyText(bytes, offset).firmware, linkedParams);
  if (found.family === firmware.family) return { ...found, ...firmware };
  return GENERIC.has(firmware.family) && !GENERIC.has(found.family) ? found : firmware;
}

async function judge(
  view: FlashView,
  slot: SlotState,
  bytes: Uint8Array,
  part: PackagePart | undefined,
): Promise<SlotState> {
  const { image, findings } = inspectEspImage(bytes, target);
  const flaws: Statement[] = findings.filter(isDamage).map((finding) => inFlash(finding, slot.offset));
  const holes = erasedWithin(bytes, slot.offset);
  const known = { ...slot, ...(image && { image }) };
  if (flaws.length > 0) {
    return { ...known, state: "damaged", flaws: [...flaws, ...holes, ...difference(slot, bytes, part)] };
  }
  if (isCovered(slot, image)) return { ...known, state: "intact", flaws: [] };
  const digest = await micropythonDigest(view, slot);
  if (digest === undefined) return known;
  if (digest.matches) return { ...known, state: "intact", flaws: [] };
  const params = { offset: digest.size };
  return { ...known, state: "damaged", flaws: [{ code: "evidence-digest-mismatch", params }, ...holes] };
}

/** A CRC that does not match is damage here: the sums before it do not cover the code that stays in flash. */
function isDamage({ code, severity }: ImageFinding): boolean {
  return severity === "error" || code === "image-crc-mismatch";
}

/** Whether a sum covers all code: the CRC of an update image, or the checksum where the code is one of the segments. */
function isCovered(slot: SlotState, image: EspImage | undefined): boolean {
  if (image === undefined) return false;
  if (image.format === "v2") return image.crc !== undefined && image.crc.match !== "none";
  return slot.offset > 0;
}

/** MicroPython's makers put an MD5 of everything but the first four bytes behind their image. */
async function micropythonDigest(
  view: FlashView,
  { offset }: SlotState,
): Promise<{ size: number; matches: boolean } | undefined> {
  const size = offset === 0 ? await micropythonSize(view) : undefined;
  if (size === undefined) return undefined;
  const stored = await view.read({ offset: size, size: 16 });
  return { size, matches: (await view.md5({ offset: 4, size: size - 4 })) === toHex(stored) };
}

/** The finding with offsets of the flash in place of those within the image. */
function inFlash({ code, params }: ImageFinding, start: number): Statement {
  const { offset } = params;
  return { code, params: typeof offset === "number" ? { ...params, offset: offset + start } : params };
}

/** Erased sectors within an image: code that something wiped, or that was never written. */
function erasedWithin(bytes: Uint8Array, start: number): Statement[] {
  const holes: Region[] = [];
  for (let at = alignUp(start, SECTOR_SIZE) - start; at + SECTOR_SIZE <= bytes.length; at += SECTOR_SIZE) {
    const sector = bytes.subarray(at, at + SECTOR_SIZE);
    if (isFilledWith(sector, ERASED_BYTE)) holes.push({ offset: start + at, size: SECTOR_SIZE });
  }
  return mergeRegions(holes).map((hole) => ({ code: "evidence-erased-in-image", params: { ...hole } }));
}

/** Sectors in which an image is not its file; only of a file that is as long. */
function difference(slot: SlotState, bytes: Uint8Array, part: PackagePart | undefined): Statement[] {
  if (part === undefined || part.bytes.length !== bytes.length) return [];
  const wrong: Region[] = [];
  for (let at = 0; at < bytes.length; at += SECTOR_SIZE) {
    const size = Math.min(SECTOR_SIZE, bytes.length - at);
    if (!equalBytes(bytes.subarray(at, at + size), part.bytes.subarray(at, at + size))) {
      wrong.push({ offset: slot.offset + at, size });
    }
  }
  return mergeRegions(wrong).map((region) => ({
    code: "evidence-differs-from-file",
    params: { ...region, name: part.name },
  }));
}
