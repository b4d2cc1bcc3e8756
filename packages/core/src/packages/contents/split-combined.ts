/**
 * One file for the whole flash, taken apart into what is in it.
 *
 * Makers fill the gaps with 0xFF, which is what erased flash holds, or by mistake with 0x00; neither is content.
 *
 * @module
 */
import { isFilledWith } from "../../bytes.js";
import { ERASED_BYTE, SECTOR_SIZE } from "../../flash/geometry.js";
import { alignUp } from "../../flash/region.js";
import { PHY_INIT_SIZE } from "../../formats/phy-init.js";
import { inspectEspImage } from "../../image/esp-image.js";
import { esp8266FlashParams } from "../../targets/esp8266/flash-params.js";
import { esp8266ImageTarget } from "../../targets/esp8266/image-target.js";
import { type PackagePart, PartRole } from "../firmware-package.js";
import { BLANK_FROM_END, PHY_INIT_FROM_END, USER1_OFFSET } from "../places.js";
import { type Content, startsWithPhyInit } from "./classify.js";

/** A stretch of a combined file. */
export type Piece = Pick<PackagePart, "name" | "role" | "place" | "bytes">;

/** Sizes of flash chips: a file of one of them has an end with the SDK's own sectors before it. */
const WHOLE_SIZES: ReadonlySet<number> = new Set(esp8266FlashParams.sizes.map(({ size }) => size));

/**
 * Boot loader, user1, PHY init data, blank and whatever else is not filling. What the SDK keeps at the end of flash is placed
 * from the end, since the map may put it elsewhere than the file did; all else from the start.
 */
export function splitCombined({ name, bytes }: Content): Piece[] {
  const bootSize = sizeOfImage(bytes.subarray(0, USER1_OFFSET));
  const userSize = sizeOfImage(bytes.subarray(USER1_OFFSET));
  const pieces = [
    piece(name, PartRole.boot, bytes, 0, bootSize ?? USER1_OFFSET),
    piece(name, PartRole.user1, bytes, USER1_OFFSET, userSize ?? bytes.length - USER1_OFFSET),
  ];
  const isWhole = WHOLE_SIZES.has(bytes.length);
  const tail = isWhole ? splitTail(name, bytes) : [];
  const taken = new Set(tail.map(({ place }) => bytes.length - place.offset));
  const restStart = userSize === undefined ? bytes.length : alignUp(USER1_OFFSET + userSize, SECTOR_SIZE);
  return [...pieces, ...findContent(name, bytes, restStart, taken), ...tail];
}

function piece(file: string, role: PartRole, bytes: Uint8Array, offset: number, size: number): Piece {
  return {
    name: `${file} (${role})`,
    role,
    place: { from: "start", offset },
    bytes: bytes.subarray(offset, offset + size),
  };
}

/** Bytes of the image at the start, where its headers make sense to the end. */
function sizeOfImage(bytes: Uint8Array): number | undefined {
  return inspectEspImage(bytes, esp8266ImageTarget).image?.size;
}

function splitTail(file: string, bytes: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  const phyInit = bytes.subarray(bytes.length - PHY_INIT_FROM_END);
  if (startsWithPhyInit(phyInit)) {
    const data = phyInit.subarray(0, PHY_INIT_SIZE);
    pieces.push({ ...fromEnd(file, PartRole.phyInit, PHY_INIT_FROM_END), bytes: data });
  }
  const blank = bytes.subarray(bytes.length - BLANK_FROM_END, bytes.length - BLANK_FROM_END + SECTOR_SIZE);
  if (isFilledWith(blank, ERASED_BYTE)) {
    pieces.push({ ...fromEnd(file, PartRole.blank, BLANK_FROM_END), bytes: blank });
  }
  return pieces;
}

function fromEnd(file: string, role: PartRole, offset: number): Omit<Piece, "bytes"> {
  return { name: `${file} (${role})`, role, place: { from: "end", offset } };
}

/** Stretches of whole sectors from `start` that are not filling; sectors in `taken` are left out. */
function findContent(file: string, bytes: Uint8Array, start: number, taken: ReadonlySet<number>): Piece[] {
  const pieces: Piece[] = [];
  let first: number | undefined;
  const close = (end: number) => {
    if (first === undefined) return;
    const stretch = piece(file, PartRole.data, bytes, first, end - first);
    pieces.push({ ...stretch, name: `${file} (0x${first.toString(16)})` });
    first = undefined;
  };
  for (let offset = start; offset < bytes.length; offset += SECTOR_SIZE) {
    const sector = bytes.subarray(offset, offset + SECTOR_SIZE);
    const isContent = !taken.has(offset) && !isFilledWith(sector, ERASED_BYTE) && !isFilledWith(sector, 0);
    if (isContent) first ??= offset;
    else close(offset);
  }
  close(bytes.length);
  return pieces;
}
