/**
 * Firmware images: the 0xE9 image that the boot ROM runs, and the 0xEA update image of the second boot (1.2 and newer).
 *
 *     0xE9  header (magic, segment count, mode, size|freq, entry), segments (address, size, data), zero padding, checksum
 *     0xEA  header (magic, 4, 0, slot, entry, 0, size), code that stays in flash, a whole 0xE9 image, CRC
 *
 * All numbers are little-endian. Input is hostile until parsed: no size in a file is believed before it is compared with
 * the bytes that are there, and no work grows beyond the length of the file.
 *
 * @module
 */

import { readWord } from "../bytes.js";
import { phrase } from "../messages/catalogue.js";
import { appCrcOf, crc32, unsignedAppCrcOf } from "./app-crc.js";
import { readBootImage } from "./boot-image.js";
import { findingError } from "./finding.js";
import { ImageReader } from "./image-reader.js";
import type { ImageTarget } from "./image-target.js";
import {
  BOOT_MAGIC,
  CRC_SIZE,
  type EspImage,
  type ImageCrc,
  type ImageInspection,
  UPDATE_HEADER_SIZE,
  UPDATE_MAGIC,
  type UpdateHeader,
  type V1Image,
  type V2Image,
} from "./image-types.js";

/** Reads an image and never throws: what is wrong comes back as findings beside what could be read. */
export function inspectEspImage(bytes: Uint8Array, target: ImageTarget): ImageInspection {
  const reader = new ImageReader(bytes, target);
  const image = readImage(reader);
  const { header, update, segments, findings } = reader;
  return { image, header, update, segments, findings };
}

/**
 * Reads an image that has to be sound.
 * @throws FlasherError with the code of the first finding of severity `error`; its params hold `offset`, `expected` and
 *   `actual` where they apply
 */
export function parseEspImage(bytes: Uint8Array, target: ImageTarget): EspImage {
  const { image, findings } = inspectEspImage(bytes, target);
  const first = findings.find(({ severity }) => severity === "error");
  if (first !== undefined) throw findingError(first);
  if (image === undefined) throw new Error("an image without an error was not read");
  return image;
}

function readImage(reader: ImageReader): EspImage | undefined {
  if (!reader.has(0, 1, "part-first-byte")) return undefined;
  const magic = reader.bytes[0];
  if (magic === BOOT_MAGIC) return readV1(reader);
  if (magic === UPDATE_MAGIC) return readV2(reader);
  reader.report("image-bad-magic", { offset: 0, expected: BOOT_MAGIC, actual: magic });
  return undefined;
}

function readV1(reader: ImageReader): V1Image | undefined {
  const boot = readBootImage(reader, 0);
  if (boot === undefined) return undefined;
  return { format: "v1", boot, size: boot.size, trailingSize: reader.bytes.length - boot.size };
}

function readV2(reader: ImageReader): V2Image | undefined {
  const update = readUpdateHeader(reader);
  if (update === undefined) return undefined;
  const bootOffset = update.iromOffset + update.iromSize;
  if (!reader.has(bootOffset, 1, "part-second-header")) return undefined;
  const magic = reader.bytes[bootOffset];
  if (magic !== BOOT_MAGIC) {
    reader.report("image-bad-magic", { offset: bootOffset, expected: BOOT_MAGIC, actual: magic });
    return undefined;
  }
  const boot = readBootImage(reader, bootOffset);
  if (boot === undefined) return undefined;
  const crc = readCrc(reader, bootOffset + boot.size);
  const size = bootOffset + boot.size + (crc === undefined ? 0 : CRC_SIZE);
  return { format: "v2", update, boot, crc, size, trailingSize: reader.bytes.length - size };
}

function readUpdateHeader(reader: ImageReader): UpdateHeader | undefined {
  const { bytes } = reader;
  if (!reader.has(0, UPDATE_HEADER_SIZE, "part-update-header")) return undefined;
  const constants = [
    { what: phrase("part-constant"), offset: 1, expected: 4, actual: bytes[1] },
    { what: phrase("part-load-address"), offset: 8, expected: 0, actual: readWord(bytes, 8) },
  ];
  for (const constant of constants) {
    if (constant.actual !== constant.expected) reader.report("image-bad-v2-header", constant);
  }
  const iromSize = readWord(bytes, 12);
  if (iromSize % 16 !== 0)
    reader.report("image-irom-unaligned", { offset: 12, expected: 16, actual: iromSize });
  const update = { slotByte: bytes[3], entry: readWord(bytes, 4), iromOffset: UPDATE_HEADER_SIZE, iromSize };
  reader.update = update;
  if (!reader.has(UPDATE_HEADER_SIZE, iromSize, "part-code-block")) return undefined;
  return update;
}

/** The CRC covers every byte before it, the first header included. */
function readCrc(reader: ImageReader, offset: number): ImageCrc | undefined {
  const { bytes } = reader;
  if (offset + 4 > bytes.length) {
    reader.report("image-crc-missing", { offset, expected: 4, actual: bytes.length - offset });
    return undefined;
  }
  const crc = crc32(bytes.subarray(0, offset));
  const stored = readWord(bytes, offset);
  const computed = appCrcOf(crc);
  const match = stored === computed ? "vendor" : stored === unsignedAppCrcOf(crc) ? "unsigned" : "none";
  if (match === "none") reader.report("image-crc-mismatch", { offset, expected: computed, actual: stored });
  return { offset, stored, computed, match };
}
