/** The console in a file. @module */
import { closeSync, openSync, writeSync } from "node:fs";
import { writingNow } from "../files.js";

/** A log that is being written. */
export interface LogFile {
  /** Written at once, so that a crash of the program loses nothing. @throws FlasherError `file-unwritable` */
  write(text: string): void;
  close(): void;
}

/** Opens a log; what is in it stays. @throws FlasherError `file-unwritable` */
export function openLogFile(path: string): LogFile {
  const file = writingNow(path, () => openSync(path, "a"));
  return {
    write: (text) => writingNow(path, () => void writeSync(file, text)),
    close: () => closeSync(file),
  };
}
