import { describe, expect, it } from "vitest";
import { CpuException } from "./cpu.js";
import { Memory } from "./memory.js";

const newMemory = () => new Memory([0xb7000000, 0x029a, 0, 0x5ccf7f]);
const cause = (access: () => unknown): number | undefined => {
  try {
    access();
    return undefined;
  } catch (error) {
    return error instanceof CpuException ? error.cause : Number.NaN;
  }
};

describe("the address space", () => {
  it("holds RAM at both ends of DRAM and IRAM", () => {
    const memory = newMemory();
    const addresses = [0x3ffe8000, 0x3ffffffc, 0x40100000, 0x4010fffc];
    for (const address of addresses) memory.write32(address, address);
    expect(addresses.map((address) => memory.read32(address))).toEqual(addresses);
  });

  it("keeps RAM over a reset and loses it without power", () => {
    const memory = newMemory();
    memory.write32(0x3ffe8000, 1);
    memory.write32(0x60000300, 1);
    memory.reset();
    expect([memory.read32(0x3ffe8000), memory.read32(0x60000300)]).toEqual([1, 0]);
    memory.forget();
    expect(memory.read32(0x3ffe8000)).toBe(0);
  });

  it("reads the chip's magic word and its eFuses, which cannot be written", () => {
    const memory = newMemory();
    memory.write32(0x3ff00050, 0);
    const words = [0x40001000, 0x3ff00050, 0x3ff00054, 0x3ff00058, 0x3ff0005c];
    expect(words.map((address) => memory.read32(address))).toEqual([
      0xfff0c101, 0xb7000000, 0x029a, 0, 0x5ccf7f,
    ]);
  });

  it("reads registers that nobody wrote as 0, and holds what is written", () => {
    const memory = newMemory();
    expect(memory.read32(0x60000780)).toBe(0);
    memory.write32(0x60000780, 0xffffffff);
    expect(memory.read32(0x60000780)).toBe(0xffffffff);
  });

  it("raises an exception off a word boundary and where there is nothing", () => {
    const memory = newMemory();
    expect([
      cause(() => memory.read32(0x3ffe8002)),
      cause(() => memory.write32(0x3ffe8001, 0)),
      cause(() => memory.read32(0x20000000)),
      cause(() => memory.write32(0x40000000, 0)),
      cause(() => memory.writeBytes(0x3fffffff, new Uint8Array(2))),
      cause(() => memory.view(0x40110000, 1)),
      cause(() => memory.writeBytes(0x3fffffff, new Uint8Array(1))),
    ]).toEqual([9, 9, 28, 29, 29, 28, undefined]);
  });
});
