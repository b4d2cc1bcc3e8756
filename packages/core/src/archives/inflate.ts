/**
 * Deflate, undone within a budget.
 *
 * @module
 */
import { Inflate } from "pako";
import { concat } from "../bytes.js";
import { FlasherError } from "../errors.js";
import { checkRatio, type UnpackBudget } from "./budget.js";

const CHUNK = 0x1_0000;

/** A packed stream within a file. */
export interface PackedStream {
  readonly bytes: Uint8Array;
  /** Of `bytes` in the file, for errors. */
  readonly offset: number;
  /** `raw` in a zip; `wrapped` is gzip, of one or more members. */
  readonly format: "raw" | "wrapped";
  /** For errors. */
  readonly entry: string;
  /** Bytes that it has to unpack to, where something says so: one that goes on is stopped. */
  readonly size?: number;
}

/**
 * All bytes of a stream. Memory: what the budget still allows, twice for a moment, since the pieces are joined at the end.
 * @throws FlasherError `archive-damaged` with the offset at which it stopped, `archive-too-large`, `archive-bomb`
 */
export function inflate(stream: PackedStream, budget: UnpackBudget): Uint8Array {
  const { bytes, offset, entry, size: longest = Number.POSITIVE_INFINITY } = stream;
  const pieces: Uint8Array[] = [];
  let size = 0;
  let position = () => 0;
  const inflater = new Inflate({ raw: stream.format === "raw", chunkSize: CHUNK });
  inflater.onStart = (state) => {
    position = () => state.next_in;
  };
  // A throw from here ends the work at once: no more than one piece is unpacked beyond the budget.
  inflater.onData = (piece) => {
    size += piece.length;
    if (size > longest) throw damagedArchive(entry, offset + position());
    checkRatio(bytes.length, size, entry);
    budget.addBytes(piece.length, entry);
    pieces.push(piece);
  };
  inflater.onEnd = () => {};
  inflater.push(bytes, true);
  if (inflater.err !== 0 || !inflater.ended) throw damagedArchive(entry, offset + position());
  return concat(pieces);
}

/** The error for an archive that cannot be read on. @param offset from the start of the archive */
export function damagedArchive(entry: string, offset: number): FlasherError {
  return new FlasherError("archive-damaged", { entry, offset });
}
