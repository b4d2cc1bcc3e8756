/**
 * Puts flash mode, frequency and size into the header of an image that goes to offset 0, where boot reads them.
 *
 * @module
 */
import { describe } from "../messages/catalogue.js";
import { inspectEspImage } from "./esp-image.js";
import {
  decodeFlashParams,
  type FlashFreq,
  type FlashMode,
  type FlashParams,
  type FlashSize,
  type Statement,
} from "./flash-params.js";
import type { ImageTarget } from "./image-target.js";
import { BOOT_MAGIC, IMAGE_HEADER_SIZE } from "./image-types.js";

/** What to put in; a field that is not named keeps what the file says. */
export interface HeaderChoice {
  readonly mode?: FlashMode | undefined;
  readonly freq?: FlashFreq | undefined;
  readonly size?: FlashSize | undefined;
}

/** The file as it goes to flash, and why. */
export interface PatchedHeader {
  /** A new array where a byte differs, otherwise the one that came in. */
  readonly bytes: Uint8Array;
  /** One `header-field-patched` per field that differs now, with `field`, `from`, `to` and `offset`. */
  readonly changes: readonly Statement[];
  /** Why a wish could not be met (`header-kept-…`); `undefined` when it was, or when nothing was wished. */
  readonly kept: Statement | undefined;
  /** Bytes 2 and 3 as they are now; `undefined` where the file has no such header. */
  readonly flashParams: FlashParams | undefined;
}

/**
 * Patches the header of a file that is written to `offset`.
 *
 * Only a file for offset 0 that starts with 0xE9 and whose segments can all be read is touched; the checksum need not be
 * right, and needs no repair, for it does not cover the header. An update image (0xEA) has no such header at its start.
 * A set of files normally has one for offset 0: `header-kept-offset` is worth showing only where a file stands alone.
 */
export function patchHeader(
  bytes: Uint8Array,
  offset: number,
  choice: HeaderChoice,
  target: ImageTarget,
): PatchedHeader {
  const kept = findObstacle(bytes, offset, target);
  if (kept !== undefined) {
    const wished = Object.values(choice).some((value) => value !== undefined);
    return { bytes, changes: [], kept: wished ? kept : undefined, flashParams: undefined };
  }
  const old = decodeFlashParams(bytes[2], bytes[3], target.flashParams);
  const modeByte = choice.mode?.code ?? old.modeByte;
  const sizeNibble = choice.size?.code ?? old.sizeFreqByte & 0xf0;
  const freqNibble = choice.freq?.code ?? old.sizeFreqByte & 0x0f;
  const flashParams = decodeFlashParams(modeByte, sizeNibble | freqNibble, target.flashParams);
  const changes = listChanges(old, flashParams);
  return {
    bytes: changes.length === 0 ? bytes : withParams(bytes, flashParams),
    changes,
    kept: undefined,
    flashParams,
  };
}

function findObstacle(bytes: Uint8Array, offset: number, target: ImageTarget): Statement | undefined {
  if (offset !== 0) return { code: "header-kept-offset", params: { offset } };
  if (bytes.length < IMAGE_HEADER_SIZE) {
    return { code: "header-kept-short", params: { expected: IMAGE_HEADER_SIZE, actual: bytes.length } };
  }
  if (bytes[0] !== BOOT_MAGIC) {
    return { code: "header-kept-magic", params: { expected: BOOT_MAGIC, actual: bytes[0] } };
  }
  const { header, segments, findings } = inspectEspImage(bytes, target);
  if (header !== undefined && header.segmentCount > 0 && header.segmentCount === segments.length)
    return undefined;
  const reason = findings[0];
  return {
    code: "header-kept-damaged",
    params: { cause: reason.code, reason: describe(reason.code, reason.params).message },
  };
}

function listChanges(old: FlashParams, now: FlashParams): Statement[] {
  const low = (byte: number) => byte & 0x0f;
  const high = (byte: number) => byte >>> 4;
  const fields = [
    ["mode", 2, old.mode?.name ?? old.modeByte, now.mode?.name ?? now.modeByte],
    ["size", 3, old.size?.name ?? high(old.sizeFreqByte), now.size?.name ?? high(now.sizeFreqByte)],
    ["freq", 3, old.freq?.name ?? low(old.sizeFreqByte), now.freq?.name ?? low(now.sizeFreqByte)],
  ] as const;
  return fields
    .filter(([, , from, to]) => from !== to)
    .map(([field, offset, from, to]) => ({
      code: "header-field-patched",
      params: { field, offset, from, to },
    }));
}

function withParams(bytes: Uint8Array, { modeByte, sizeFreqByte }: FlashParams): Uint8Array {
  const patched = bytes.slice();
  patched[2] = modeByte;
  patched[3] = sizeFreqByte;
  return patched;
}
