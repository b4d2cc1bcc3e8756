import { describe, expect, it } from "vitest";
import { describeWith } from "../../../../test/support/requirements.js";
import { esp8266ImageTarget as target } from "../targets/esp8266/image-target.js";
import { parseFlashFreq, parseFlashMode, parseFlashSize } from "./flash-params.js";
import { type HeaderChoice, patchHeader } from "./patch-header.js";
import { firmware, hex, tinyImage } from "./sample-images.fixture.js";

const tables = target.flashParams;
const wish = (mode?: string, size?: string, freq?: string): HeaderChoice => ({
  mode: mode === undefined ? undefined : parseFlashMode(mode, tables),
  size: size === undefined ? undefined : parseFlashSize(size, tables),
  freq: freq === undefined ? undefined : parseFlashFreq(freq, tables),
});

describe("a header at offset 0", () => {
  it("takes mode, size and frequency, and nothing else changes", () => {
    const original = tinyImage();
    const { bytes, changes, kept, flashParams } = patchHeader(
      original,
      0,
      wish("qio", "4MB-c1", "80m"),
      target,
    );
    const expected = tinyImage();
    expected.set([0x00, 0x6f], 2);
    expect(bytes).toEqual(expected);
    expect(original).toEqual(tinyImage());
    expect(changes).toEqual([
      { code: "header-field-patched", params: { field: "mode", offset: 2, from: "dio", to: "qio" } },
      { code: "header-field-patched", params: { field: "size", offset: 3, from: "4MB", to: "4MB-c1" } },
      { code: "header-field-patched", params: { field: "freq", offset: 3, from: "40m", to: "80m" } },
    ]);
    expect(kept).toBeUndefined();
    expect([flashParams?.modeByte, flashParams?.sizeFreqByte]).toEqual([0x00, 0x6f]);
  });

  it("keeps each field that is not named, also one with an unknown code", () => {
    expect(patchHeader(tinyImage(), 0, wish(undefined, undefined, "80m"), target).bytes[3]).toBe(0x4f);
    expect(patchHeader(tinyImage(), 0, wish(undefined, "512KB"), target).bytes.slice(2, 4)).toEqual(
      hex("02 00"),
    );
    const odd = tinyImage();
    odd.set([0x09, 0xa5], 2);
    const { bytes, changes } = patchHeader(odd, 0, wish("dio", "4MB"), target);
    expect(bytes.slice(2, 4)).toEqual(hex("02 45"));
    expect(changes.map(({ params }) => params.from)).toEqual([9, 10]);
  });

  it("comes back as it is when it already says so, or nothing is wished", () => {
    const bytes = tinyImage();
    for (const choice of [wish(), wish("dio", "4MB", "40m")]) {
      const patched = patchHeader(bytes, 0, choice, target);
      expect(patched.bytes).toBe(bytes);
      expect([patched.changes, patched.kept]).toEqual([[], undefined]);
    }
  });

  it("is patched although the checksum is wrong or missing", () => {
    const wrong = tinyImage();
    wrong[31] = 0;
    expect(patchHeader(wrong, 0, wish("qio"), target).bytes[2]).toBe(0);
    expect(patchHeader(tinyImage().subarray(0, 20), 0, wish("qio"), target).bytes[2]).toBe(0);
  });
});

describe("a file that is left as it is", () => {
  const keptOf = (bytes: Uint8Array, offset = 0) => {
    const patched = patchHeader(bytes, offset, wish("qio"), target);
    expect(patched.bytes).toBe(bytes);
    return patched.kept;
  };

  it("says why", () => {
    expect(keptOf(tinyImage(), 0x1000)).toEqual({ code: "header-kept-offset", params: { offset: 0x1000 } });
    expect(keptOf(hex("e9 01 00"))).toEqual({
      code: "header-kept-short",
      params: { expected: 8, actual: 3 },
    });
    expect(keptOf(hex("ea 04 00 01 c0 2d 10 40"))).toEqual({
      code: "header-kept-magic",
      params: { expected: 0xe9, actual: 0xea },
    });
    expect(keptOf(tinyImage().subarray(0, 18))).toEqual({
      code: "header-kept-damaged",
      params: {
        cause: "image-segment-out-of-range",
        reason: "Segment 0 at 0x00000010 is 4 bytes long, but only 2 bytes of the file follow.",
      },
    });
  });

  it("says nothing when nothing was wished", () => {
    expect(patchHeader(hex("ff ff"), 0x7c000, wish(), target).kept).toBeUndefined();
  });
});

describeWith(["firmware"], "boot_v1.6.bin", () => {
  it("becomes bootable on a 4 MB board with two bytes", () => {
    const original = firmware("esp8266-sdk/boot_v1.6.bin");
    const { bytes, flashParams } = patchHeader(original, 0, wish("dio", "4MB-c1", "80m"), target);
    expect(bytes.slice(0, 8)).toEqual(hex("e9 03 02 6f 38 04 10 40"));
    expect(bytes.slice(4)).toEqual(original.slice(4));
    expect(flashParams).toMatchObject({
      mode: { name: "dio" },
      size: { name: "4MB-c1" },
      freq: { name: "80m" },
    });
  });
});
