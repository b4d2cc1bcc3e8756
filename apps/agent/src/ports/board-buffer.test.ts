import { describe, expect, it } from "vitest";
import { BoardBuffer, type Part } from "./board-buffer.js";

const MIB = 0x100000;

/** All parts, bytes as their count. */
function parts(buffer: BoardBuffer, limit = MIB): unknown[] {
  const all: unknown[] = [];
  for (let part = buffer.next(limit); part !== undefined; part = buffer.next(limit))
    all.push("bytes" in part ? part.bytes.length : part);
  return all;
}

const bytesOf = (part: Part | undefined) => [...(part as { readonly bytes: Uint8Array }).bytes];

describe("a board buffer", () => {
  it("gives back what was pushed, cut as it is asked for, around the end of its ring", () => {
    const buffer = new BoardBuffer();
    const pushed: number[] = [];
    const taken: number[] = [];
    // 7 KiB in, up to 5 KiB out: the ring of 64 KiB turns, grows and turns again.
    for (let round = 0; round < 60; round++) {
      const bytes = Uint8Array.from({ length: 7168 }, (_, at) => (7168 * round + at) % 251);
      buffer.push(bytes);
      pushed.push(...bytes);
      taken.push(...bytesOf(buffer.next(5120)));
    }
    taken.push(...bytesOf(buffer.next(MIB)));
    expect(Buffer.compare(Buffer.from(taken), Buffer.from(pushed))).toBe(0);
  });

  it("keeps 1 MiB and tells of the rest in its place, once", () => {
    const buffer = new BoardBuffer();
    buffer.push(new Uint8Array(MIB - 10));
    buffer.push(new Uint8Array(30));
    buffer.push(new Uint8Array(5));
    expect(parts(buffer, 0x80000)).toEqual([0x80000, 0x80000, { droppedBytes: 25 }]);
    buffer.push(new Uint8Array(7));
    expect(parts(buffer)).toEqual([7]);
    expect(buffer.isEmpty).toBe(true);
  });

  it("keeps nothing more in a gap until there is room for a frame, so that a reader byte by byte makes no gap a byte", () => {
    const buffer = new BoardBuffer();
    buffer.push(new Uint8Array(MIB + 1));
    for (let byte = 0; byte < 0xffff; byte++) {
      buffer.next(1);
      buffer.push(new Uint8Array(1));
    }
    buffer.next(1);
    buffer.push(new Uint8Array(3));
    expect(parts(buffer)).toEqual([MIB - 0x10000, { droppedBytes: 0x10000 }, 3]);
  });

  it("tells of a gap when no byte may be given, and forgets it when it is cleared", () => {
    const buffer = new BoardBuffer();
    buffer.push(new Uint8Array(MIB + 1));
    expect(buffer.next(0)).toBeUndefined();
    buffer.next(MIB);
    expect(buffer.next(0)).toEqual({ droppedBytes: 1 });
    buffer.push(new Uint8Array(MIB + 1));
    buffer.clear();
    expect([buffer.isEmpty, buffer.next(1)]).toEqual([true, undefined]);
  });
});
