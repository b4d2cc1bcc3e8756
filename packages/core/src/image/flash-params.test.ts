import { describe, expect, it } from "vitest";
import { describe as wordsOf } from "../messages/catalogue.js";
import { esp8266FlashParams as tables } from "../targets/esp8266/flash-params.js";
import {
  decodeFlashParams,
  encodeFlashParams,
  explainFlashSize,
  flashSizeOfCapacity,
  megabitsOf,
  parseFlashFreq,
  parseFlashMode,
  parseFlashSize,
} from "./flash-params.js";

const sizeOf = (text: string) => parseFlashSize(text, tables).name;
const explain = (text: string) => {
  const { code, params } = explainFlashSize(text, tables);
  return wordsOf(code, params).message;
};

describe("flash sizes", () => {
  it("have these codes, sizes, splits and second slots", () => {
    expect(tables.sizes.map((s) => [s.code, s.name, s.size, megabitsOf(s), s.split, s.user2Offset])).toEqual([
      [0x00, "512KB", 524288, 4, "256+256", 0x41000],
      [0x10, "256KB", 262144, 2, "256", undefined],
      [0x20, "1MB", 1048576, 8, "512+512", 0x81000],
      [0x30, "2MB", 2097152, 16, "512+512", 0x81000],
      [0x40, "4MB", 4194304, 32, "512+512", 0x81000],
      [0x50, "2MB-c1", 2097152, 16, "1024+1024", 0x101000],
      [0x60, "4MB-c1", 4194304, 32, "1024+1024", 0x101000],
      [0x70, "4MB-c2", 4194304, 32, "2048+2048", undefined],
      [0x80, "8MB", 8388608, 64, "1024+1024", 0x101000],
      [0x90, "16MB", 16777216, 128, "1024+1024", 0x101000],
    ]);
  });

  it("are known by their names in bytes, in megabits, of the vendor's tool and of boot logs", () => {
    for (const name of [
      "4MB-c1",
      "4mb-C1",
      "32m-c1",
      "32Mbit-C1",
      "4MB:1024/1024",
      "32Mbit(1024KB+1024KB)",
    ]) {
      expect(sizeOf(name), name).toBe("4MB-c1");
    }
    for (const name of ["4MB", "32m", "32Mbit", "4MB:512/512", "32Mbit(512KB+512KB)"]) {
      expect(sizeOf(name), name).toBe("4MB");
    }
    expect(
      ["4m", "512KB", "4Mbit(256KB+256KB)", "512KB:256/256", " 16m-c1 ", "8MB", "128m"].map(sizeOf),
    ).toEqual(["512KB", "512KB", "512KB", "512KB", "2MB-c1", "8MB", "16MB"]);
  });

  it("with a bare capital M are refused, because tools disagree on the unit", () => {
    for (const text of ["4M", "32M", "2M-c1"]) {
      expect(() => sizeOf(text), text).toThrow(expect.objectContaining({ code: "flash-size-ambiguous" }));
    }
    expect(() => sizeOf("4M")).toThrow("4M may mean 4 megabytes or 4 megabits.");
  });

  it("that are none are refused with the known names", () => {
    for (const text of ["", "3MB", "4MB-c3", "4MB:1024/512", "detect"]) {
      expect(() => sizeOf(text), text).toThrow(expect.objectContaining({ code: "flash-size-unknown" }));
    }
  });

  it("are explained with both units, the split and what they are taken for", () => {
    expect(explain("32m")).toBe("32m = 32 Mbit = 4MB, map 512+512; not 4MB-c1 or 4MB-c2.");
    expect(explain("16m-c1")).toBe("16m-c1 = 16 Mbit = 2MB-c1, map 1024+1024; not 2MB.");
    expect(explain("4MB-c1")).toBe("4MB-c1 = 32 Mbit = 32m-c1, map 1024+1024; not 4MB or 4MB-c2.");
    expect(explain("4m")).toBe("4m = 4 Mbit = 512KB, map 256+256.");
  });

  it("of a chip's capacity are the plain map, never a variant, and nothing for an odd capacity", () => {
    expect(flashSizeOfCapacity(0x400000, tables)?.name).toBe("4MB");
    expect(flashSizeOfCapacity(0x200000, tables)?.name).toBe("2MB");
    expect(flashSizeOfCapacity(0x1000000, tables)?.name).toBe("16MB");
    expect(flashSizeOfCapacity(0x2000000, tables)).toBeUndefined();
  });
});

describe("flash modes and frequencies", () => {
  it("are known by name and number", () => {
    expect(["QIO", "qout", "Dio", "dout"].map((text) => parseFlashMode(text, tables).code)).toEqual([
      0, 1, 2, 3,
    ]);
    expect(
      ["40m", "40", "40MHz", "26m", "26.7MHz", "20m", "80m", "80 MHz"].map(
        (t) => parseFlashFreq(t, tables).code,
      ),
    ).toEqual([0, 0, 0, 1, 1, 2, 15, 15]);
  });

  it("that are none are refused with the known names", () => {
    expect(() => parseFlashMode("opi", tables)).toThrow(
      expect.objectContaining({
        code: "flash-mode-unknown",
        hint: "Choose one of qio, qout, dio or dout.",
      }),
    );
    for (const text of ["", "m", "60m", "NaN", "undefined"]) {
      expect(() => parseFlashFreq(text, tables), text).toThrow(
        expect.objectContaining({ code: "flash-freq-unknown" }),
      );
    }
  });
});

describe("header bytes 2 and 3", () => {
  it("are one number, mode first", () => {
    const word = encodeFlashParams(
      parseFlashMode("dio", tables),
      parseFlashSize("4MB", tables),
      parseFlashFreq("40m", tables),
    );
    expect(word).toBe(0x0240);
  });

  it("come back as the same entries for every combination", () => {
    for (const mode of tables.modes) {
      for (const size of tables.sizes) {
        for (const freq of tables.freqs) {
          const word = encodeFlashParams(mode, size, freq);
          expect(decodeFlashParams(word >> 8, word & 0xff, tables)).toEqual({
            mode,
            size,
            freq,
            modeByte: word >> 8,
            sizeFreqByte: word & 0xff,
          });
        }
      }
    }
  });

  it("with codes that nobody uses keep their bytes", () => {
    expect(decodeFlashParams(9, 0xa5, tables)).toEqual({
      mode: undefined,
      size: undefined,
      freq: undefined,
      modeByte: 9,
      sizeFreqByte: 0xa5,
    });
  });
});
