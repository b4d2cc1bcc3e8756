import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeFrame, encodeFrames, SlipDecoder, type SlipSink } from "./slip.js";

const bytes = (...values: number[]) => Uint8Array.from(values);

/** Everything that a decoder reports, in order. */
function decode(chunks: readonly Uint8Array[], limit = 64): unknown[] {
  const seen: unknown[] = [];
  const sink: SlipSink = {
    frameBegins: () => seen.push("begins"),
    frame: (packet) => seen.push([...packet]),
    stray: (stray) => seen.push({ stray: [...stray] }),
    badFrame: (reason, size) => seen.push({ reason, size }),
  };
  const decoder = new SlipDecoder(limit);
  for (const chunk of chunks) decoder.push(chunk, sink);
  return seen;
}

describe("encodeFrame", () => {
  it("escapes the delimiter and the escape byte", () => {
    expect(encodeFrame(bytes(0xc0, 0xdb, 0x01))).toEqual(bytes(0xc0, 0xdb, 0xdc, 0xdb, 0xdd, 0x01, 0xc0));
  });

  it("puts several packets one behind the other, each with both delimiters", () => {
    expect(encodeFrames([bytes(1), bytes(2)])).toEqual(bytes(0xc0, 1, 0xc0, 0xc0, 2, 0xc0));
  });
});

describe("SlipDecoder", () => {
  it("reports a packet's first byte before the packet is whole", () => {
    expect(decode([bytes(0xc0, 7)])).toEqual(["begins"]);
  });

  it("finds an escape that is cut in two by the chunks", () => {
    expect(decode([bytes(0xc0, 1, 0xdb), bytes(0xdc, 2, 0xc0)])).toEqual(["begins", [1, 0xc0, 2]]);
  });

  it("takes frames that share no delimiter and frames that share one", () => {
    expect(decode([bytes(0xc0, 1, 0xc0, 0xc0, 2, 0xc0)])).toEqual(["begins", [1], "begins", [2]]);
  });

  it("hands on what lies outside frames: boot messages before the first delimiter", () => {
    expect(decode([bytes(0x65, 0x74, 0x73, 0xc0, 1, 0xc0, 0x0a)])).toEqual([
      { stray: [0x65, 0x74, 0x73] },
      "begins",
      [1],
      { stray: [0x0a] },
    ]);
  });

  it("is back in step after one frame when a stray delimiter went before", () => {
    const frame = bytes(0xc0, 9, 0xc0);
    expect(decode([bytes(0xc0, 5, 0xc0), bytes(0xc0), frame])).toEqual(["begins", [5], "begins", [9]]);
  });

  it("gives up a frame with an invalid escape, once, and takes the next", () => {
    expect(decode([bytes(0xc0, 1, 0xdb, 0x00, 0xdb, 0x01, 0xc0, 0xc0, 2, 0xc0)])).toEqual([
      "begins",
      { reason: "escape", size: 1 },
      "begins",
      [2],
    ]);
  });

  it("gives up a frame that ends in the middle of an escape", () => {
    expect(decode([bytes(0xc0, 1, 0xdb, 0xc0)])).toEqual(["begins", { reason: "escape", size: 1 }]);
  });

  it("holds no more than its limit of a frame that never ends, and takes the next", () => {
    const endless = new Uint8Array(1000).fill(1);
    expect(decode([bytes(0xc0), endless, bytes(0xc0, 0xc0, 2, 0xc0)], 16)).toEqual([
      "begins",
      { reason: "too-long", size: 16 },
      "begins",
      [2],
    ]);
  });

  it("returns every packet whatever the chunks are", () => {
    const packets = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 8 });
    fc.assert(
      fc.property(packets, fc.integer({ min: 1, max: 17 }), (sent, chunkSize) => {
        const wire = encodeFrames(sent);
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < wire.length; at += chunkSize) chunks.push(wire.subarray(at, at + chunkSize));
        const got = decode(chunks).filter(Array.isArray);
        expect(got).toEqual(sent.map((packet) => [...packet]));
      }),
    );
  });
});
