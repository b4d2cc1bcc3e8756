import { describe, expect, it } from "vitest";
import { isFlasherError } from "../../errors.js";
import { isIntelHex, parseIntelHex } from "./parse-intel-hex.js";

const ascii = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const parse = (text: string, maxBytes = 0x10_0000) => parseIntelHex(ascii(text), "a.hex", maxBytes);

/** A record with its right checksum. */
function record(address: number, type: number, ...data: number[]): string {
  const bytes = [data.length, address >> 8, address & 0xff, type, ...data];
  const sum = -bytes.reduce((total, byte) => total + byte, 0) & 0xff;
  return `:${[...bytes, sum].map((byte) => byte.toString(16).padStart(2, "0")).join("")}\n`;
}

const END = ":00000001FF\n";

function refusal(text: string, maxBytes?: number): object {
  try {
    parse(text, maxBytes);
  } catch (error) {
    if (isFlasherError(error)) return { code: error.code, ...error.params };
    throw error;
  }
  throw new Error("was not refused");
}

describe("Intel HEX", () => {
  it("is read with the fixed example of its specification's records", () => {
    const text = `:020000040010EA\r\n:0300300002337A1E\r\n${END}`;
    expect(parse(text)).toEqual({
      stretches: [{ offset: 0x10_0030, bytes: Uint8Array.of(0x02, 0x33, 0x7a) }],
      isEnded: true,
    });
  });

  it("takes records in any order, segments, start addresses and empty lines", () => {
    const text = [
      record(0x10, 0, 3, 4),
      "\n",
      record(0, 2, 0x10, 0x00),
      record(0, 0, 9),
      record(0, 3, 0, 0, 0, 0),
      record(0, 4, 0, 0),
      record(0x0e, 0, 1, 2),
      record(0, 5, 0x40, 0x10, 0, 4),
      END,
    ].join("");
    expect(parse(text).stretches).toEqual([
      { offset: 0x0e, bytes: Uint8Array.of(1, 2, 3, 4) },
      { offset: 0x1_0000, bytes: Uint8Array.of(9) },
    ]);
  });

  it("fills a gap of up to a page with erased bytes, and divides at a larger one", () => {
    const near = record(0, 0, 1) + record(0x101, 0, 2) + END;
    expect(parse(near).stretches.map(({ bytes }) => bytes.length)).toEqual([0x102]);
    expect(parse(near).stretches[0].bytes.subarray(1, 0x101)).toEqual(new Uint8Array(0x100).fill(0xff));
    const far = record(0, 0, 1) + record(0x102, 0, 2) + END;
    expect(parse(far).stretches.map(({ offset }) => offset)).toEqual([0, 0x102]);
  });

  it("says when the end record is missing, and reads nothing behind it", () => {
    expect(parse(record(0, 0, 1)).isEnded).toBe(false);
    expect(parse(`${record(0, 0, 1)}${END}nonsense`).stretches).toHaveLength(1);
  });

  it.each([
    [
      "no colon",
      `${record(0, 0, 1)}000000`,
      { code: "hex-format", line: 2, expected: "a colon and pairs of hex digits" },
    ],
    ["half a byte", ":0000000", { code: "hex-format", line: 1, expected: "a colon and pairs of hex digits" }],
    [
      "a wrong length",
      ":0300000001FC",
      { code: "hex-format", line: 1, expected: "as long as it says, 3 bytes" },
    ],
    [
      "a wrong checksum",
      ":0300300002337A1F",
      { code: "hex-checksum", line: 1, expected: 0x1f, actual: 0x1e },
    ],
    [
      "an unknown type",
      record(0, 6),
      { code: "hex-format", line: 1, expected: "a record of type 0 to 5 with its size" },
    ],
    [
      "a type with another size",
      record(0, 4, 1),
      { code: "hex-format", line: 1, expected: "a record of type 0 to 5 with its size" },
    ],
    [
      "bytes written twice",
      record(0, 0, 1, 2) + record(8, 0, 1) + record(1, 0, 3),
      { code: "hex-overlap", line: 3, offset: 1 },
    ],
  ])("with %s is refused with the line", (_, text, expected) => {
    expect(refusal(text)).toEqual({ name: "a.hex", ...expected });
  });

  it("keeps to its bounds of bytes, stretches and jumps", () => {
    const far = (count: number, step: number) =>
      Array.from({ length: count }, (_, index) => {
        const address = (count - index) * step;
        return record(0, 4, address >>> 24, (address >>> 16) & 0xff) + record(address & 0xffff, 0, 1);
      }).join("");
    expect(refusal(far(257, 0x1000))).toEqual({ code: "package-too-many-parts", expected: 256 });
    expect(refusal(far(0x1_0001, 2))).toEqual({ code: "package-too-many-parts", expected: 0x1_0000 });
    expect(refusal(record(0, 0, 1) + record(200, 0, 1), 100)).toEqual({
      code: "archive-too-large",
      entry: "a.hex",
      expected: 100,
    });
  });

  it("is recognised by its first line", () => {
    expect(isIntelHex(ascii(END))).toBe(true);
    for (const text of ["", ":", ":xyz", ":: a comment of a batch file", "0000"])
      expect(isIntelHex(ascii(text))).toBe(false);
  });
});
