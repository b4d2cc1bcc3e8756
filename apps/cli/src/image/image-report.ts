/** Everything that is known of one image in a file, as plain data for JSON and for people. @module */
import type {
  FlashParams,
  ImageChecksum,
  ImageCrc,
  ImageFinding,
  ImageSegment,
  MessageParams,
  Region,
} from "@flashwright/core";
import type { FirmwareId } from "@flashwright/core/maps";
import { identifyBootLoader, identifyImage } from "@flashwright/core/packages";
import { type FoundImage, findImages } from "./find-images.js";

/** One image; all offsets are those of the file. What a damaged image does not tell is missing. */
export interface ImageReport {
  readonly offset: number;
  /** Bytes, with checksum and CRC. */
  readonly size?: number;
  /** `boot`: 0xE9, started by the boot ROM. `update`: 0xEA, started by the second boot. */
  readonly format?: "boot" | "update";
  readonly firmware: FirmwareId;
  readonly bootLoader?: { readonly kind: string; readonly version: string };
  /** Byte 3 of an update image. */
  readonly slotByte?: number;
  /** CPU address. */
  readonly entry?: number;
  /** Code that is run from flash. */
  readonly code?: Region;
  /** The 0xE9 header: of an update image the inner one, which tells the map that the firmware was linked for. */
  readonly header?: { readonly offset: number; readonly flashParams: FlashParams };
  readonly segments: readonly ImageSegment[];
  readonly checksum?: ImageChecksum;
  readonly crc?: ImageCrc;
  readonly findings: readonly ImageFinding[];
}

/** The report on each image of a file. */
export function reportImages(bytes: Uint8Array): ImageReport[] {
  const found = findImages(bytes);
  return found.map((image, index) => {
    const until = found[index + 1]?.offset ?? bytes.length;
    return reportImage(image, bytes.subarray(image.offset, until));
  });
}

/** @param stretch the file from the image up to the next one: what is run from flash has no header that tells its end */
function reportImage({ offset, inspection }: FoundImage, stretch: Uint8Array): ImageReport {
  const { image, header, update, segments, findings } = inspection;
  const crc = image?.format === "v2" ? image.crc : undefined;
  const format = update !== undefined ? "update" : header !== undefined ? "boot" : undefined;
  const bootLoader = identifyBootLoader(stretch);
  const entry = update?.entry ?? header?.entry;
  return {
    offset,
    ...(image === undefined ? {} : { size: image.size }),
    ...(format === undefined ? {} : { format }),
    firmware: identifyImage(stretch).firmware,
    ...(bootLoader === undefined
      ? {}
      : { bootLoader: { kind: bootLoader.kind, version: bootLoader.version } }),
    ...(update === undefined
      ? {}
      : {
          slotByte: update.slotByte,
          code: { offset: offset + update.iromOffset, size: update.iromSize },
        }),
    ...(entry === undefined ? {} : { entry }),
    ...(header === undefined
      ? {}
      : { header: { offset: offset + header.offset, flashParams: header.flashParams } }),
    segments: segments.map((segment) => ({ ...segment, offset: offset + segment.offset })),
    ...(image === undefined
      ? {}
      : { checksum: { ...image.boot.checksum, offset: offset + image.boot.checksum.offset } }),
    ...(crc === undefined ? {} : { crc: { ...crc, offset: offset + crc.offset } }),
    findings: findings.map((found) => ({ ...found, params: shifted(found.params, offset) })),
  };
}

function shifted(params: MessageParams, by: number): MessageParams {
  return typeof params.offset === "number" ? { ...params, offset: params.offset + by } : params;
}
