/**
 * Flashwright's protocol and flash-map core.
 *
 * @module
 */

// Boot logs
export type { BootDialect, BootPattern, ExceptionCause, StrapObstacle } from "./boot/boot-dialect.js";
export type { BootEvent, BootEventOf, BootFact } from "./boot/boot-event.js";
export { BootLogParser } from "./boot/boot-log.js";
export { type BootRun, type BootState, foldBoot, initialBootState } from "./boot/boot-run.js";
export { type ReadableText, readableText } from "./boot/readable-text.js";
export {
  type BootCode,
  type BootVerdict,
  bootVerdict,
  defaultVerdictLimits,
  type VerdictLimits,
} from "./boot/verdict.js";
// Errors and words
export { FlasherError, type FlasherErrorData, isFlasherError } from "./errors.js";
// Flash: units and regions
export { BLOCK_SIZE, ERASED_BYTE, PAGE_SIZE, SECTOR_SIZE } from "./flash/geometry.js";
export {
  alignDown,
  alignOutward,
  alignUp,
  contains,
  containsOffset,
  intersect,
  isAligned,
  mergeRegions,
  overlaps,
  type Region,
  regionBetween,
  regionEnd,
  subtractRegions,
  totalSize,
} from "./flash/region.js";
// Images and flash parameters
export { appCrcOf, crc32, unsignedAppCrcOf } from "./image/app-crc.js";
export { IMAGE_HEADER_SIZE, MAX_SEGMENTS } from "./image/boot-image.js";
export { inspectEspImage, parseEspImage } from "./image/esp-image.js";
export type { ImageFinding, ImageFindingCode } from "./image/finding.js";
export {
  decodeFlashParams,
  encodeFlashParams,
  explainFlashSize,
  type FlashFreq,
  type FlashMode,
  type FlashParams,
  type FlashParamTables,
  type FlashSize,
  flashSizeOfCapacity,
  megabitsOf,
  parseFlashFreq,
  parseFlashMode,
  parseFlashSize,
  type Statement,
} from "./image/flash-params.js";
export { findMemory, type ImageTarget, type MemoryRange } from "./image/image-target.js";
export {
  BOOT_MAGIC,
  type BootImage,
  type EspImage,
  type ImageChecksum,
  type ImageCrc,
  type ImageHeader,
  type ImageInspection,
  type ImageSegment,
  UPDATE_MAGIC,
  type UpdateHeader,
  type V1Image,
  type V2Image,
} from "./image/image-types.js";
export { type HeaderChoice, type PatchedHeader, patchHeader } from "./image/patch-header.js";
export { formatOffset, formatSize, type MessageCode, type MessageParams } from "./messages/catalogue.js";
export { esp8266BootDialect } from "./targets/esp8266/boot-dialect.js";
export { resetCauseName, resetCauses, strapObstacle } from "./targets/esp8266/boot-modes.js";
export { exceptionCauseOf, exceptionCauses } from "./targets/esp8266/exceptions.js";
export { esp8266FlashParams } from "./targets/esp8266/flash-params.js";
export { esp8266ImageTarget, IROM_ADDRESS } from "./targets/esp8266/image-target.js";
// The world outside
export type {
  AbortSignalLike,
  Clock,
  SignalStep,
  Transport,
  TransportCapabilities,
  TransportEnd,
} from "./transport.js";
