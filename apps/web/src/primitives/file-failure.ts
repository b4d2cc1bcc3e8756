/** Why a file could not be written, in words. @module */
import { words } from "../words/words.js";

/** Kinds of it. */
export type FileFailureCode = "file-no-room" | "file-denied" | "file-failed" | "file-differs";

/** A file is not there as it is to be. */
export class FileFailure extends Error {
  override readonly name = "FileFailure";
  /** The one thing to do. */
  readonly hint: string;

  constructor(
    readonly code: FileFailureCode,
    file: string,
    options: { readonly cause?: unknown } = {},
  ) {
    const { message, hint } = words.files[code];
    super(message(file), options);
    this.hint = hint;
  }
}

/** By the names that the File System Access API has for them. */
const CODES: Readonly<Record<string, FileFailureCode>> = {
  QuotaExceededError: "file-no-room",
  NotAllowedError: "file-denied",
  SecurityError: "file-denied",
};

/** What a browser threw, as such a failure. */
export function fileFailure(error: unknown, file: string): FileFailure {
  if (error instanceof FileFailure) return error;
  const name = error instanceof Error ? error.name : "";
  return new FileFailure(CODES[name] ?? "file-failed", file, { cause: error });
}
