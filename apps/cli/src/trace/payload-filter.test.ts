import { encodeFrame, encodeRequest } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { PayloadFilter } from "./payload-filter.js";

const SECRET = "correct horse battery";
const bytesOf = (text: string) => new TextEncoder().encode(text);
const frame = (...bytes: number[]) => encodeFrame(Uint8Array.from(bytes));
const request = (op: number, body: Uint8Array) => encodeFrame(encodeRequest(op, body, 0));
const answer = (op: number, ...data: number[]) => frame(1, op, data.length + 2, 0, 0, 0, 0, 0, ...data, 0, 0);
const READ = request(0xd2, new Uint8Array(16));

/** What a filter shows of bytes, in hex, and how many it hides, in brackets. */
function shown(runs: ReturnType<PayloadFilter["sent"]>): string {
  return runs
    .map(({ bytes, hidden }) => (hidden ? `[${bytes.length}]` : Buffer.from(bytes).toString("hex")))
    .join(" ");
}

/** A filter that has seen a read begin. */
function reading(): PayloadFilter {
  const filter = new PayloadFilter();
  filter.sent(READ);
  filter.received(answer(0xd2));
  return filter;
}

describe("the filter of payloads", () => {
  it.each([0x03, 0x11])("hides what is written with %i, behind the header of its packet", (op) => {
    const body = new Uint8Array(16 + 21);
    body.set(bytesOf(SECRET), 16);
    const wire = request(op, body);
    const filter = new PayloadFilter();
    expect(shown(filter.sent(wire))).toBe(`${Buffer.from(wire.subarray(0, 25)).toString("hex")} [21] c0`);
    expect(shown(filter.received(answer(op)))).toBe(Buffer.from(answer(op)).toString("hex"));
  });

  it("shows programs for the chip's RAM, and every other command", () => {
    const filter = new PayloadFilter();
    for (const op of [0x07, 0x09, 0x13]) {
      const wire = request(op, new Uint8Array(100).fill(op));
      expect(shown(filter.sent(wire))).toBe(Buffer.from(wire).toString("hex"));
    }
  });

  it("hides what is read, and the digest behind it, but not the answer before it", () => {
    const filter = new PayloadFilter();
    filter.sent(READ);
    expect(shown(filter.received(answer(0xd2)))).toBe("c001d2020000000000" + "0000c0");
    expect(shown(filter.received(frame(...bytesOf(SECRET))))).toBe("c0 [21] c0");
    expect(shown(filter.sent(frame(21, 0, 0, 0)))).toBe("c015000000c0");
    expect(shown(filter.received(frame(...new Array(16).fill(0x77))))).toBe("c0 [16] c0");
  });

  it("hides data that looks like an answer", () => {
    expect(shown(reading().received(answer(0xd2, 1, 2, 3)))).toBe("c0 [13] c0");
  });

  it("counts bytes as they are on the wire, whatever pieces they come in", () => {
    const wire = frame(0xc0, 0xdb, 0x41, 0xc0);
    const pieces = (filter: PayloadFilter, size: number) => {
      const runs = [];
      for (let at = 0; at < wire.length; at += size)
        runs.push(...filter.received(wire.subarray(at, at + size)));
      return runs.filter(({ hidden }) => hidden).reduce((sum, { bytes }) => sum + bytes.length, 0);
    };
    expect([1, 2, 3, 100].map((size) => pieces(reading(), size))).toEqual([7, 7, 7, 7]);
  });

  it("shows answers to the next commands, and hides data of a read that was given up", () => {
    const filter = reading();
    filter.sent(request(0x08, new Uint8Array(36).fill(0x55)));
    expect(shown(filter.received(frame(...bytesOf(SECRET))))).toBe("c0636f [19] c0");
    expect(shown(filter.received(answer(0x08)))).toBe(Buffer.from(answer(0x08)).toString("hex"));
    filter.sent(request(0x13, new Uint8Array(16)));
    const digest = answer(0x13, ...new Array(32).fill(0x61));
    expect(shown(filter.received(digest))).toBe(Buffer.from(digest).toString("hex"));
  });

  it("shows what a board says when it starts", () => {
    const text = bytesOf("\r\n ets Jan  8 2013,rst cause:2, boot mode:(3,6)\r\n");
    const hex = Buffer.from(text).toString("hex");
    const filter = reading();
    filter.startedOver();
    expect(shown(filter.received(text))).toBe(hex);
    const jumped = reading();
    jumped.sent(request(0x06, new Uint8Array(8)));
    expect(shown(jumped.received(text))).toBe(hex);
  });
});
