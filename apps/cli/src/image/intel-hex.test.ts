import { describe, expect, it } from "vitest";
import { toIntelHex } from "./intel-hex.js";

const image = (offset: number, ...bytes: number[]) => ({ name: "x", offset, bytes: Uint8Array.from(bytes) });

describe("Intel HEX", () => {
  it("has count, address, type, data and checksum in every record", () => {
    const data = [
      0x21, 0x46, 0x01, 0x36, 0x01, 0x21, 0x47, 0x01, 0x36, 0x00, 0x7e, 0xfe, 0x09, 0xd2, 0x19, 0x01,
    ];
    expect(toIntelHex([image(0x100, ...data)])).toBe(
      ":10010000214601360121470136007EFE09D2190140\n:00000001FF\n",
    );
  });

  it("names the upper half of an address where it changes, and breaks a record there", () => {
    expect(toIntelHex([image(0x3fc000, 5), image(0xfffe, 1, 2, 3)]).split("\n")).toEqual([
      ":02FFFE000102FE",
      ":020000040001F9",
      ":0100000003FC",
      ":02000004003FBB",
      ":01C00000053A",
      ":00000001FF",
      "",
    ]);
  });
});
