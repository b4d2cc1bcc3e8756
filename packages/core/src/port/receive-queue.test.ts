import { describe, expect, it } from "vitest";
import { HIGH_WATER_BYTES, ReceiveQueue } from "./receive-queue.js";

function observed() {
  const queue = new ReceiveQueue();
  const seen: string[] = [];
  queue.observe({
    onFull: () => seen.push("full"),
    onRoom: () => seen.push("room"),
    onLost: (detail) => seen.push(`lost: ${detail}`),
  });
  return { queue, seen };
}

describe("a receive queue", () => {
  it("hands over all that waits as one chunk, and a chunk that comes to a waiting reader as it is", async () => {
    const { queue } = observed();
    queue.push(Uint8Array.of(1));
    queue.push(new Uint8Array(0));
    queue.push(Uint8Array.of(2, 3));
    expect(await queue.read()).toEqual(Uint8Array.of(1, 2, 3));
    const pending = queue.read();
    queue.push(Uint8Array.of(4));
    queue.push(Uint8Array.of(5));
    expect(await pending).toEqual(Uint8Array.of(4));
    expect(await queue.read()).toEqual(Uint8Array.of(5));
  });

  it("gives plain arrays, whose slice is a copy, where a Buffer came in", async () => {
    const { queue } = observed();
    queue.push(Buffer.from([1, 2]));
    expect(Object.getPrototypeOf(await queue.read())).toBe(Uint8Array.prototype);
  });

  it("says full once at its high water mark and room once when it has been emptied", async () => {
    const { queue, seen } = observed();
    queue.push(new Uint8Array(HIGH_WATER_BYTES - 1));
    expect(seen).toEqual([]);
    queue.push(new Uint8Array(1));
    queue.push(new Uint8Array(1));
    expect(seen).toEqual(["full"]);
    expect((await queue.read())?.length).toBe(HIGH_WATER_BYTES + 1);
    expect(seen).toEqual(["full", "room"]);
    queue.push(new Uint8Array(HIGH_WATER_BYTES));
    queue.clear();
    expect(seen).toEqual(["full", "room", "full", "room"]);
  });

  it("counts what leaves it: read at once, read later, thrown away", async () => {
    const queue = new ReceiveQueue();
    const taken: number[] = [];
    queue.observe({
      onFull: () => {},
      onRoom: () => {},
      onLost: () => {},
      onTaken: (byteCount) => taken.push(byteCount),
    });
    const pending = queue.read();
    queue.push(new Uint8Array(3));
    await pending;
    queue.push(new Uint8Array(4));
    queue.push(new Uint8Array(5));
    await queue.read();
    queue.push(new Uint8Array(6));
    queue.clear();
    expect(taken).toEqual([3, 9, 6]);
  });

  it("tells an observer that came late what it has missed", () => {
    const queue = new ReceiveQueue();
    queue.push(new Uint8Array(HIGH_WATER_BYTES));
    queue.lose("unplugged");
    queue.lose("again");
    const seen: string[] = [];
    queue.observe({
      onFull: () => seen.push("full"),
      onRoom: () => {},
      onLost: (detail) => seen.push(`lost: ${detail}`),
    });
    expect(seen).toEqual(["full", "lost: unplugged"]);
  });

  it("gives what waited after the end, then undefined, and takes no more", async () => {
    const { queue } = observed();
    queue.push(Uint8Array.of(1));
    queue.end();
    queue.push(Uint8Array.of(2));
    expect(await queue.read()).toEqual(Uint8Array.of(1));
    expect(await queue.read()).toBeUndefined();
  });

  it("refuses a second reader", async () => {
    const { queue } = observed();
    const first = queue.read();
    await expect(queue.read()).rejects.toThrow("another read of this transport is pending");
    queue.end();
    expect(await first).toBeUndefined();
  });

  it("shows the text at its start and keeps it", async () => {
    const { queue } = observed();
    queue.push(new TextEncoder().encode("Port in\r\nuse"));
    expect(queue.peekText(100)).toBe("Port in use");
    expect(queue.peekText(4)).toBe("Port");
    expect((await queue.read())?.length).toBe(12);
  });
});
