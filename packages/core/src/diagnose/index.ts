/**
 * What is on a chip, and what is wrong with it.
 *
 * @module
 */
export { type BlankTree, findBlanks } from "./blank-tree.js";
export { type DiagnoseInput, diagnose } from "./diagnose.js";
export {
  type Examination,
  type ExamineOptions,
  examineBoard,
  examineDump,
  type HeardStart,
  isWeighty,
} from "./examine.js";
export type { DiagnosedChip } from "./facts.js";
export { type Diagnosis, type Finding, type FindingCode, type Fix, Severity } from "./finding.js";
export type { FlashSource } from "./flash-source.js";
export type { LookEvent, LookOptions } from "./look-event.js";
export { dumpSource, isChipSize } from "./sources/dump-source.js";
export { sessionSource } from "./sources/session-source.js";
export { QUICK_LIMITS, type SurveyOptions, surveyFlash } from "./survey/survey-flash.js";
export type {
  FlashContents,
  KnownDigest,
  RegionState,
  SlotState,
  Survey,
  SurveyDepth,
} from "./survey.js";
export { surveySession } from "./survey-session.js";
export { diagnoseText, MAX_TEXT } from "./text/diagnose-text.js";
