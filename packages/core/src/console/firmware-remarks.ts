/**
 * Lines in which a firmware says of itself what its user has to know.
 *
 * @module
 */
import type { Statement } from "../image/flash-params.js";
import type { consoleMessages } from "../messages/console.js";

/** How much a remark matters. */
export type RemarkLevel = "normal" | "warning" | "alarm";

/** A remark and how much it matters. */
export interface FirmwareRemark {
  readonly statement: Statement;
  readonly level: RemarkLevel;
}

type RemarkCode = Extract<keyof typeof consoleMessages, `said-${string}`>;

/** A line, what it says, and the names of what the pattern's groups hold. */
type Row = readonly [pattern: RegExp, code: RemarkCode, level: RemarkLevel, ...names: string[]];

/**
 * Source: Espruino's sources from 1v84 to 2v29. UNCERTAIN: the interpreter's flags are printed in these words by versions that
 * were read, and may be worded otherwise by others; the SDK's line about parameters was seen in logs only.
 */
// biome-ignore format: a line a row
const ROWS: readonly Row[] = [
  [/^ ?(\d{1,2}v\d{2}(?:\.\d{1,5})?) (?:\(c\)|Copyright) \d{4} G\.Williams/, "said-espruino", "normal", "version"],
  [/^Flash map (.{1,40}), manuf 0x[0-9a-f]{1,2} chip 0x[0-9a-f]{1,4}/i, "said-flash-map", "normal", "map"],
  [/Your flash chip does not match your flash map/, "said-map-mismatch", "warning"],
  [/^Storage is corrupt/, "said-storage-corrupt", "alarm"],
  [/^An Uncaught Error has been saved to Storage/, "said-error-saved", "warning"],
  [/^Loading (\d{1,8}) bytes from flash/, "said-code-loaded", "normal", "size"],
  [/^ERROR: Too big to save to flash \((\d{1,8}) vs (\d{1,8}) bytes\)/, "said-too-big", "warning", "size", "most"],
  [/New interpreter error: .*\b(?:FIFO_FULL|BUFFER_FULL)\b/, "said-input-lost", "warning"],
  [/New interpreter error: .*\b(?:LOW_)?MEMORY\b|^(?:ERROR: )?Out of Memory!/, "said-memory-full", "warning"],
  [/New interpreter error: ([A-Z_, ]{1,60})/, "said-interpreter-error", "warning", "flags"],
  [/param(?:eter)? error\W{1,3}use last saved param/i, "said-settings-lost", "warning"],
  [/^MicroPython (v[\w.-]{1,30})/, "said-micropython", "normal", "version"],
  [/^NodeMCU (?:custom build|[\d.]{1,10})/, "said-nodemcu", "normal"],
  [/^AT version:([\w.-]{1,30})/, "said-at", "normal", "version"],
];

/** What a line says; `undefined` for all others. @param line without control characters */
export function firmwareRemark(line: string): FirmwareRemark | undefined {
  for (const [pattern, code, level, ...names] of ROWS) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const params = Object.fromEntries(names.map((name, index) => [name, match[index + 1]]));
    return { statement: { code, params }, level };
  }
  return undefined;
}
