/**
 * Flashwright's protocol and flash-map core.
 *
 * @module
 */

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
export { formatOffset, formatSize, type MessageCode, type MessageParams } from "./messages/catalogue.js";
// The world outside
export type {
  AbortSignalLike,
  Clock,
  SignalStep,
  Transport,
  TransportCapabilities,
  TransportEnd,
} from "./transport.js";
