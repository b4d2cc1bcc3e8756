import { describe, expect, it } from "vitest";
import { FlashDefects } from "./flash-defects.js";
import { NorFlash } from "./nor-flash.js";

const SPEC = { size: 0x20000, jedecId: [0xef, 0x40, 0x11], uniqueId: [1, 2, 3, 4, 5, 6, 7, 8] } as const;
const newFlash = (content?: Uint8Array) => new NorFlash(SPEC, content, new FlashDefects([]));
const program = (flash: NorFlash, offset: number, ...bytes: number[]) => {
  flash.command(0x06);
  return flash.program(offset, Uint8Array.from(bytes));
};

describe("NOR flash", () => {
  it("is erased where it was given no content", () => {
    const flash = newFlash(Uint8Array.of(1, 2, 3));
    expect([...flash.read(0, 5)]).toEqual([1, 2, 3, 0xff, 0xff]);
  });

  it("refuses content that is larger than itself and sizes that are no power of two", () => {
    expect(() => newFlash(new Uint8Array(0x20001))).toThrow(
      "131073 bytes do not fit a flash of 131072 bytes.",
    );
    expect(() => new NorFlash({ ...SPEC, size: 3000 }, undefined, new FlashDefects([]))).toThrow(RangeError);
  });

  it("only clears bits when it programs", () => {
    const flash = newFlash(Uint8Array.of(0b1100_1010));
    program(flash, 0, 0b1010_0110);
    expect(flash.bytes[0]).toBe(0b1000_0010);
  });

  it("wraps inside the page of 256 bytes", () => {
    const flash = newFlash();
    program(flash, 0x1fe, 1, 2, 3, 4);
    expect([...flash.read(0x1fe, 2), ...flash.read(0x100, 3), ...flash.read(0x200, 1)]).toEqual([
      1, 2, 3, 4, 0xff, 0xff,
    ]);
  });

  it("ignores a program or an erase without a write enable before it", () => {
    const flash = newFlash(Uint8Array.of(0x55));
    expect([flash.program(0, Uint8Array.of(0)), flash.erase("sector", 0), flash.bytes[0]]).toEqual([
      0, 0, 0x55,
    ]);
    program(flash, 1, 0);
    expect(flash.program(2, Uint8Array.of(0))).toBe(0);
  });

  it("erases the sector, block or chip that holds the offset", () => {
    const flash = newFlash(new Uint8Array(SPEC.size));
    flash.command(0x06);
    flash.erase("sector", 0x1234);
    expect([flash.bytes[0xfff], flash.bytes[0x1000], flash.bytes[0x1fff], flash.bytes[0x2000]]).toEqual([
      0, 0xff, 0xff, 0,
    ]);
    flash.command(0x06);
    flash.erase("block", 0x1ffff);
    expect([flash.bytes[0xffff], flash.bytes[0x10000], flash.bytes[0x1ffff]]).toEqual([0, 0xff, 0xff]);
    flash.command(0x06);
    flash.erase("chip", 0);
    expect(flash.bytes.every((byte) => byte === 0xff)).toBe(true);
    expect(flash.counts).toEqual({ programs: 0, sectorErases: 1, blockErases: 1, chipErases: 1 });
  });

  it("wraps offsets that it has no address lines for", () => {
    const flash = newFlash(Uint8Array.of(7));
    expect(flash.read(SPEC.size, 1)[0]).toBe(7);
    expect([...flash.read(SPEC.size - 1, 2)]).toEqual([0xff, 7]);
    program(flash, SPEC.size + 5, 0x33);
    expect(flash.bytes[5]).toBe(0x33);
  });

  it("changes nothing where the protection bits are set, and takes no time for it", () => {
    const flash = newFlash(new Uint8Array(SPEC.size));
    flash.command(0x06);
    flash.writeStatus(0, 0x1c);
    flash.command(0x06);
    expect([flash.erase("block", 0), flash.bytes[0]]).toEqual([0, 0]);
    expect([program(flash, 0, 0), flash.counts.programs]).toEqual([0, 0]);
  });

  it("protects the upper end alone at a low level", () => {
    const flash = newFlash();
    flash.command(0x06);
    flash.writeStatus(0, 0x04);
    const first = SPEC.size - SPEC.size / 64;
    expect([flash.isProtected(first - 1), flash.isProtected(first)]).toEqual([false, true]);
  });

  it("keeps its protection over a reset and loses its write enable", () => {
    const flash = newFlash();
    flash.command(0x06);
    flash.writeStatus(0, 0x1c);
    flash.command(0x06);
    expect(flash.status()).toBe(0x1e);
    flash.command(0x66);
    flash.command(0x99);
    expect(flash.status()).toBe(0x1c);
  });

  it("loses a protection that was written as volatile at the next reset, and keeps what lay under it", () => {
    const flash = newFlash();
    flash.command(0x06);
    flash.writeStatus(0, 0x04);
    flash.command(0x50);
    expect([flash.writeStatus(0, 0x1c), flash.status()]).toEqual([0, 0x1c]);
    flash.reset();
    expect(flash.status()).toBe(0x04);
  });

  it("takes the volatile enable for the status that follows it, and for nothing else", () => {
    const flash = newFlash(Uint8Array.of(0));
    flash.command(0x50);
    expect([flash.status(), flash.erase("sector", 0)]).toEqual([0, 0]);
    flash.command(0x50);
    flash.command(0x04);
    expect([flash.writeStatus(0, 0x1c), flash.status()]).toEqual([0, 0]);
  });

  it("needs both halves of the reset pair, one behind the other", () => {
    const flash = newFlash();
    flash.command(0x06);
    flash.command(0x66);
    flash.command(0x05);
    flash.command(0x99);
    expect(flash.status()).toBe(0x02);
  });

  it("answers nothing but the wake-up while it sleeps", () => {
    const flash = newFlash(Uint8Array.of(0));
    flash.command(0xb9);
    flash.command(0x06);
    expect([flash.poweredDown, flash.status(), flash.erase("sector", 0)]).toEqual([true, 0, 0]);
    flash.command(0xab);
    expect(flash.poweredDown).toBe(false);
  });
});
