/**
 * The data of Intel HEX records, put together.
 *
 * @module
 */
import { FlasherError } from "../../errors.js";
import { ERASED_BYTE, PAGE_SIZE } from "../../flash/geometry.js";
import { MAX_FILES } from "../instructions/instructions.js";

/** A run of bytes. */
export interface HexStretch {
  /** From the start of what the file describes. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** A gap up to a page is filled with what erased flash holds; a larger one begins a new stretch. */
const LARGEST_GAP = PAGE_SIZE;

/** Files that jump more often than this hold no firmware. */
const MAX_RUNS = 0x1_0000;

/** Records that follow on each other. */
interface Run {
  readonly offset: number;
  /** Of its first record. */
  readonly line: number;
  /** Grows by doubling; `size` bytes of it count. */
  buffer: Uint8Array;
  size: number;
}

/** Collects records in the order of the file, and joins them in the order of their offsets. */
export class HexRuns {
  private readonly runs: Run[] = [];
  private total = 0;

  /**
   * @param name of the file, for errors
   * @param maxBytes of data and filled gaps together
   */
  constructor(
    private readonly name: string,
    private readonly maxBytes: number,
  ) {}

  /** @throws FlasherError `archive-too-large`, `package-too-many-parts` */
  add(offset: number, data: Uint8Array, line: number): void {
    this.count(data.length);
    const last = this.runs[this.runs.length - 1];
    if (last !== undefined && last.offset + last.size === offset) append(last, data);
    else if (this.runs.length === MAX_RUNS) throw tooManyParts(MAX_RUNS);
    else this.runs.push({ offset, line, buffer: data, size: data.length });
  }

  /**
   * The stretches, by rising offset.
   * @throws FlasherError `hex-overlap`, `archive-too-large`, `package-too-many-parts`
   */
  join(): HexStretch[] {
    const stretches: Run[] = [];
    for (const run of [...this.runs].sort((first, second) => first.offset - second.offset)) {
      const last = stretches[stretches.length - 1];
      const gap = last === undefined ? Number.POSITIVE_INFINITY : run.offset - last.offset - last.size;
      if (gap < 0) {
        throw new FlasherError("hex-overlap", { name: this.name, line: run.line, offset: run.offset });
      }
      if (last === undefined || gap > LARGEST_GAP) {
        if (stretches.length === MAX_FILES) throw tooManyParts(MAX_FILES);
        stretches.push(run);
        continue;
      }
      this.count(gap);
      append(last, new Uint8Array(gap).fill(ERASED_BYTE));
      append(last, run.buffer.subarray(0, run.size));
    }
    return stretches.map(({ offset, buffer, size }) => ({ offset, bytes: buffer.slice(0, size) }));
  }

  private count(bytes: number): void {
    this.total += bytes;
    if (this.total <= this.maxBytes) return;
    throw new FlasherError("archive-too-large", { entry: this.name, expected: this.maxBytes });
  }
}

function append(run: Run, data: Uint8Array): void {
  const size = run.size + data.length;
  if (size > run.buffer.length) {
    const grown = new Uint8Array(Math.max(size, 2 * run.buffer.length));
    grown.set(run.buffer.subarray(0, run.size));
    run.buffer = grown;
  }
  run.buffer.set(data, run.size);
  run.size = size;
}

function tooManyParts(expected: number): FlasherError {
  return new FlasherError("package-too-many-parts", { expected });
}
