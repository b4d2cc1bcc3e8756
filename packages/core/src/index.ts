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
export { cleanText, type ReadableText, readableText } from "./boot/readable-text.js";
export {
  type BootCode,
  type BootVerdict,
  bootVerdict,
  defaultVerdictLimits,
  type VerdictLimits,
} from "./boot/verdict.js";
export { type WatchOptions, watchBoot } from "./boot/watch-boot.js";
// Codecs that a host may replace
export { type Codecs, defaultCodecs, type PackedBlock } from "./codecs.js";
// Errors and words
export { FlasherError, type FlasherErrorData, isFlasherError } from "./errors.js";
// Planning, running, reading, erasing
export { Intent, type SectorAccount, SectorFate } from "./flash/account.js";
export {
  type FlashContents,
  type KnownContent,
  type KnownDigest,
  unknownContents,
} from "./flash/contents.js";
export { checkErase, type EraseOptions, eraseChip, eraseRegion } from "./flash/erase.js";
export {
  type EventListener,
  type FlashEvent,
  type Operation,
  type OperationResult,
  runOperation,
} from "./flash/event.js";
export { FlashState } from "./flash/flash-state.js";
// Flash: units and regions
export { BLOCK_SIZE, ERASED_BYTE, PAGE_SIZE, SECTOR_SIZE } from "./flash/geometry.js";
export { parsePlan } from "./flash/parse-plan.js";
export type {
  Fate,
  Fill,
  FlashPlan,
  PlanData,
  PlannedBoot,
  PlannedField,
  PlannedHeader,
  PlannedImage,
  PlannedWrite,
} from "./flash/plan.js";
export { checkImages, type ImageInput } from "./flash/plan-images.js";
export { type PlanRow, planRows, untoldBytes } from "./flash/plan-rows.js";
export { fillRegions, type PlanChip } from "./flash/plan-writes.js";
export { ensureWritable, readFlashStatus } from "./flash/protection.js";
export { readFills, readRegion } from "./flash/read.js";
export { readAgain } from "./flash/read-again.js";
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
export { RegionReading } from "./flash/region-reading.js";
export { resumeErase } from "./flash/resume-erase.js";
export { type ResumeOptions, resumePlan } from "./flash/resume-plan.js";
export { type PlanOutcome, type RunOptions, runPlan } from "./flash/run-plan.js";
export { verifyFlash } from "./flash/verify.js";
// What does not leave as JSON
export { HIDDEN, hideSecrets } from "./formats/hide-secrets.js";
export {
  makePhyInit,
  type PhyInit,
  type PhyInitOptions,
  type PhyInitVersion,
  RfCalibration,
  readPhyInit,
} from "./formats/phy-init.js";
// Images and flash parameters
export { appCrcOf, crc32, unsignedAppCrcOf } from "./image/app-crc.js";
export { MAX_SEGMENTS } from "./image/boot-image.js";
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
  IMAGE_HEADER_SIZE,
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
// Connecting
export { connect } from "./loader/connect.js";
export type { ConnectOptions } from "./loader/connect-options.js";
export type { Loader, Progress } from "./loader/loader.js";
export { isConnectionLost } from "./loader/lost-connection.js";
export { parseReset } from "./loader/reset/parse-reset.js";
export { RomLoader } from "./loader/rom-loader.js";
export { type After, type HowConnected, Session, type SessionStart } from "./loader/session.js";
export { StubLoader } from "./loader/stub-loader.js";
export {
  describe,
  formatOffset,
  formatSize,
  formatStatement,
  isMessageCode,
  type MessageCode,
  type MessageParams,
  shortSize,
} from "./messages/catalogue.js";
// Plans with meaning
export { type BootCheck, checkBoot, expectedBoot } from "./planning/check-boot.js";
export { type GatherOptions, gatherContents } from "./planning/gather-contents.js";
export type { PlannedFlash } from "./planning/goal-plan.js";
export type { ImagesRequest } from "./planning/image-plan.js";
export { modeRecovery } from "./planning/mode-recovery.js";
export type {
  MeaningRequest,
  PackageRequest,
  RepairRequest,
  RestoreRequest,
  SurveyedChip,
} from "./planning/package-request.js";
export { type MadePlan, planByContents } from "./planning/plan-by-contents.js";
export { type PlanRequest, planFlash } from "./planning/plan-flash.js";
export { type PackageWish, planPackage, surveyedChip } from "./planning/plan-package.js";
// The protocol itself, for tools that go below sessions
export * as commands from "./protocol/command.js";
export { Connection, LoaderRefusal } from "./protocol/connection.js";
export { sleep, throwIfAborted, within } from "./protocol/deadline.js";
export { encodeRequest, parseResponse, type Response } from "./protocol/packet.js";
export { encodeFrame, encodeFrames, SlipDecoder, type SlipSink } from "./protocol/slip.js";
export { esp8266BootDialect } from "./targets/esp8266/boot-dialect.js";
export { resetCauseName, strapObstacle } from "./targets/esp8266/boot-modes.js";
// Targets
export { esp8266 } from "./targets/esp8266/esp8266.js";
export { exceptionCauseOf, exceptionCauses } from "./targets/esp8266/exceptions.js";
export { esp8266FlashParams } from "./targets/esp8266/flash-params.js";
export { esp8266ImageTarget, IROM_ADDRESS } from "./targets/esp8266/image-target.js";
export type { FlashModeFacts, KnownFlashChip, ModeAndFreq } from "./targets/flash-modes.js";
export { type FlashInfo, parseFlashId } from "./targets/jedec.js";
export type {
  AdapterIdentity,
  ResetCircuitKind,
  ResetSequence,
  ResetStrategy,
} from "./targets/reset-strategy.js";
export type { ChipInfo, StubImage, Target } from "./targets/target.js";
// The world outside
export type {
  AbortSignalLike,
  Clock,
  SignalStep,
  Transport,
  TransportCapabilities,
  TransportEnd,
} from "./transport.js";
