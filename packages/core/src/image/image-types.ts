/**
 * What an image consists of, once read.
 *
 * @module
 */
import type { ImageFinding } from "./finding.js";
import type { FlashParams } from "./flash-params.js";

/** First byte of an image that the boot ROM runs. */
export const BOOT_MAGIC = 0xe9;

/** First byte of an update image. */
export const UPDATE_MAGIC = 0xea;

/** Bytes of an 0xE9 header, and of the header before each of its segments. */
export const IMAGE_HEADER_SIZE = 8;
export const SEGMENT_HEADER_SIZE = 8;

/** Bytes of an update image before its code. */
export const UPDATE_HEADER_SIZE = 16;

/** Boot reads an image in lines of this many bytes, the last of which ends with the checksum. */
export const IMAGE_LINE_SIZE = 16;

/** Bytes of the CRC behind an update image. */
export const CRC_SIZE = 4;

/** The 8 bytes before the segments of an 0xE9 image. */
export interface ImageHeader {
  /** Where it starts in the file: 0, or behind the code of an update image. */
  readonly offset: number;
  readonly segmentCount: number;
  readonly flashParams: FlashParams;
  /** CPU address. */
  readonly entry: number;
}

/** One run of bytes that boot copies to CPU memory. */
export interface ImageSegment {
  /** From 0. */
  readonly index: number;
  /** CPU address of its first byte. */
  readonly address: number;
  /** Of its data in the file; its own 8-byte header lies before. */
  readonly offset: number;
  /** Bytes of data. */
  readonly size: number;
  /** Name of the memory it loads to; `undefined` when the target has none there. */
  readonly memory: string | undefined;
}

/** The XOR of all segment data from seed 0xEF. */
export interface ImageChecksum {
  /** Of the byte that holds it: the last of a 16-byte line. */
  readonly offset: number;
  readonly stored: number;
  readonly computed: number;
}

/** An 0xE9 image, wherever it lies in the file. */
export interface BootImage {
  readonly header: ImageHeader;
  readonly segments: readonly ImageSegment[];
  readonly checksum: ImageChecksum;
  /** Bytes from its header up to and including the checksum. */
  readonly size: number;
}

/** The part of an update image that is run from flash, and the header that announces it. */
export interface UpdateHeader {
  /** Byte 3: the vendor writes 1 or 2, some firmware 0 or 1. It never holds flash parameters. */
  readonly slotByte: number;
  /** CPU address. */
  readonly entry: number;
  /** Of the code in the file: 16. */
  readonly iromOffset: number;
  /** Bytes of that code. */
  readonly iromSize: number;
}

/** The CRC of an update image. */
export interface ImageCrc {
  readonly offset: number;
  readonly stored: number;
  /** What the vendor's script would store. */
  readonly computed: number;
  /** `vendor` and `unsigned` are the two ways in which scripts store it; see `appCrcOf` and `unsignedAppCrcOf`. */
  readonly match: "vendor" | "unsigned" | "none";
}

/** A file that starts with an 0xE9 image. */
export interface V1Image {
  readonly format: "v1";
  readonly boot: BootImage;
  /** Bytes of the image. */
  readonly size: number;
  /** Bytes of the file behind it: fill, further images, or a v1.1 image's code. */
  readonly trailingSize: number;
}

/** An update image. */
export interface V2Image {
  readonly format: "v2";
  readonly update: UpdateHeader;
  readonly boot: BootImage;
  /** `undefined` when the file ends at the checksum. */
  readonly crc: ImageCrc | undefined;
  readonly size: number;
  readonly trailingSize: number;
}

/** A firmware image; `format` tells which. */
export type EspImage = V1Image | V2Image;

/** All that could be read of an image, and what is wrong with it. */
export interface ImageInspection {
  /** `undefined` when the bytes end before the checksum or a header makes no sense. */
  readonly image: EspImage | undefined;
  /** The 0xE9 header, as far as the bytes reach. */
  readonly header: ImageHeader | undefined;
  /** The 0xEA header, where there is one. */
  readonly update: UpdateHeader | undefined;
  /** The segments that are whole. */
  readonly segments: readonly ImageSegment[];
  /** In the order in which they were met; empty for a sound image. */
  readonly findings: readonly ImageFinding[];
}
