/**
 * The status bytes at the end of a reply, in words.
 *
 * @module
 */

/** What the last bytes of a reply say. */
export interface Status {
  /** First status byte: 0 = success. The mask ROM fails with 1, stubs with their own codes. */
  readonly code: number;
  /** Second status byte: the mask ROM's reason. Meaningless (stale) on success. */
  readonly reason: number;
}

/** A stable name for each failure that a loader can report. */
export type StatusName = keyof typeof STATUS_WORDS;

/** What a loader means by its status, in the loader's own terms. */
export const STATUS_WORDS = {
  "bad-request": "malformed request (length, sequence or opcode)",
  "operation-failed": "understood, but failed",
  "bad-checksum": "checksum of the data is wrong",
  "readback-mismatch": "flash does not hold what was written",
  "bad-length": "wrong length of the request",
  "bad-block-size": "data block too large",
  "invalid-command": "command not known",
  "spi-failed": "flash operation failed",
  "spi-unlock-failed": "flash could not be unlocked",
  "not-in-flash-mode": "data without an announcement",
  "inflate-failed": "compressed data is damaged",
  "not-enough-data": "less data than announced",
  "too-much-data": "more data than announced",
  "not-implemented": "command not implemented",
  unknown: "failed, no detail",
} as const;

const ROM_REASONS: Readonly<Record<number, StatusName>> = {
  5: "bad-request",
  6: "operation-failed",
  7: "bad-checksum",
  8: "readback-mismatch",
};

const STUB_CODES: Readonly<Record<number, StatusName>> = {
  192: "bad-length",
  193: "bad-checksum",
  194: "bad-block-size",
  195: "invalid-command",
  196: "spi-failed",
  197: "spi-unlock-failed",
  198: "not-in-flash-mode",
  199: "inflate-failed",
  200: "not-enough-data",
  201: "too-much-data",
  255: "not-implemented",
};

/** The name of a failure. Code 1 comes from the mask ROM, 0xC0 and above from stubs. */
export function statusName(status: Status): StatusName {
  if (status.code === 1) return ROM_REASONS[status.reason] ?? "unknown";
  return STUB_CODES[status.code] ?? "unknown";
}
