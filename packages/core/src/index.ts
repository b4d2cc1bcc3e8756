/**
 * Flashwright's protocol and flash-map core.
 *
 * @module
 */

// Errors and words
export { FlasherError, type FlasherErrorData, isFlasherError } from "./errors.js";
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
