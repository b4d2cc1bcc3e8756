/**
 * Consoles of running firmware: safe text with remarks on what passes, and Espruino's console as a program uses it.
 *
 * @module
 */

// What passes
export { addressPlace, type RunningProgram } from "./address-place.js";
export type { ConsoleNote, CrashRegister, StackPlace } from "./boot-notes.js";
export { BOOT_RATES, BootRate, type FollowOptions } from "./boot-rate.js";
// Whether what runs is what was planned
export {
  type CheckedPlan,
  canCheckFirmware,
  checkFirmware,
  type FirmwareCheck,
  type FirmwareReport,
} from "./check-firmware.js";
export {
  ConsoleKind,
  consoleKindOfFamily,
  consoleKindOfLine,
  typedBehindPrompt,
} from "./console-kind.js";
export {
  type ConsolePiece,
  type ConsoleRates,
  ConsoleStream,
  type ConsoleStreamOptions,
} from "./console-stream.js";
// Espruino
export { EspruinoConsole, type EvaluateOptions, type ReadyOptions } from "./espruino-console.js";
export type { RemarkLevel } from "./firmware-remarks.js";
export {
  Journal,
  type JournalCrash,
  type JournalEntry,
  type JournalNoise,
  type JournalRemark,
  type JournalStart,
} from "./journal.js";
export type { JsonObject, JsonValue } from "./json-answer.js";
export { type LineStep, LONGEST_LINE } from "./line-model.js";
export { type Saving, type SavingDangers, savingDangers, savingsIn } from "./saving.js";
export { type SendLinesOptions, type SentLines, sendLines } from "./send-lines.js";
export { type SendOptions, type SentScript, type StatementError, sendScript } from "./send-script.js";
export { type ScriptStatement, splitStatements } from "./statements.js";
export { type FindSymbol, type ProgramSymbol, type SymbolPlace, symbolSearch } from "./symbols.js";
export { Transcript, type TranscriptOptions } from "./transcript.js";
