/** A trace on disk. @module */
import { closeSync, fchmodSync, fstatSync, openSync, writeSync } from "node:fs";
import { writingNow } from "../files.js";
import type { TraceSink } from "./trace-transport.js";

/** A trace file that is being written. */
export interface TraceFile {
  readonly sink: TraceSink;
  /** Writes what is left. @throws FlasherError `file-unwritable` when the disk did not take the trace */
  close(): void;
}

/** Lines are gathered up to this many characters, so that tracing does not slow the port down. */
const GATHER = 0x10000;

/**
 * Creates the file, or empties it.
 * @param isSecret whether nobody but its owner is to read it; one that is there already keeps its rights until then
 * @throws FlasherError `file-unwritable`
 */
export function openTraceFile(path: string, isSecret: boolean): TraceFile {
  const file = writingNow(path, () => {
    const opened = openSync(path, "w", isSecret ? 0o600 : 0o666);
    if (isSecret && fstatSync(opened).isFile()) fchmodSync(opened, 0o600);
    return opened;
  });
  let gathered = "";
  let failure: unknown;
  const flush = () => {
    const text = gathered;
    gathered = "";
    try {
      if (text !== "") writeSync(file, text);
    } catch (error) {
      failure ??= error;
    }
  };
  return {
    sink(line) {
      gathered += `${JSON.stringify(line)}\n`;
      if (gathered.length > GATHER) flush();
    },
    close() {
      flush();
      closeSync(file);
      writingNow(path, () => {
        if (failure !== undefined) throw failure;
      });
    },
  };
}
