import { describe, expect, it } from "vitest";
import { FlashDefects } from "../flash/flash-defects.js";
import { NorFlash } from "../flash/nor-flash.js";
import { toHex, words } from "../testing/host.js";
import { Memory } from "./memory.js";
import { SpiController } from "./spi-controller.js";

const CMD = 0x60000200;
const ADDR = 0x60000204;
const RD_STATUS = 0x60000210;
const USER = 0x6000021c;
const USER1 = 0x60000220;
const USER2 = 0x60000224;
const W0 = 0x60000240;

function bench() {
  const spec = { size: 0x400000, jedecId: [0xef, 0x40, 0x16], uniqueId: [1, 2, 3, 4, 5, 6, 7, 8] } as const;
  const flash = new NorFlash(
    spec,
    Uint8Array.from({ length: 0x2000 }, (_, i) => i & 0xff),
    new FlashDefects([]),
  );
  const memory = new Memory([0, 0, 0, 0]);
  const time = { now: 0 };
  const spi = new SpiController(flash, memory, () => time.now);
  spi.attached = true;
  /** A user command as host tools lay it out, and the words that came back. */
  const user = (user1: number, phases: number, user2: number, address = 0, w0 = 0): number => {
    for (const [register, value] of [
      [USER1, user1],
      [USER, phases],
      [USER2, user2],
      [ADDR, address],
      [W0, w0],
      [CMD, 1 << 18],
    ] as const) {
      memory.write32(register, value >>> 0);
    }
    expect(memory.read32(CMD)).toBe(0);
    return memory.read32(W0);
  };
  return { flash, memory, spi, time, user };
}

describe("user commands of the flash controller", () => {
  it("read the JEDEC id", () => {
    expect(bench().user(0x00001700, 0x90000000, 0x7000009f)).toBe(0x001640ef);
  });

  it("read the three status registers", () => {
    const { flash, user } = bench();
    flash.command(0x06);
    flash.writeStatus(0, 0x1c);
    flash.command(0x06);
    flash.writeStatus(1, 0x02);
    const read = (code: number) => user(0x00000700, 0x90000000, 0x70000000 | code);
    expect([0x05, 0x35, 0x15].map(read)).toEqual([0x1c, 0x02, 0x00]);
  });

  it("write one and two status registers behind a write enable, and none without it", () => {
    const { flash, time, user } = bench();
    const write = (bits: number, value: number) => user((bits - 1) << 17, 0x88000000, 0x70000001, 0, value);
    write(8, 0x1c);
    expect(flash.status()).toBe(0);
    user(0, 0x80000000, 0x70000006);
    write(8, 0x1c);
    expect([flash.status(0), flash.status(1)]).toEqual([0x1c, 0]);
    time.now += 10;
    user(0, 0x80000000, 0x70000050);
    write(16, 0x0200);
    expect([flash.status(0), flash.status(1)]).toEqual([0, 2]);
  });

  it("read the signature of the SFDP table and the unique id", () => {
    const { memory, user } = bench();
    expect(user(0x5c001f07, 0xf0000000, 0x7000005a)).toBe(0x50444653);
    expect(user(0x00003f1f, 0xb0000000, 0x7000004b)).toBe(0x04030201);
    expect(memory.read32(W0 + 4)).toBe(0x08070605);
  });

  it("read 64 bytes from a left-aligned address", () => {
    const { memory, user } = bench();
    user(0x5c01ff00, 0xd0000000, 0x70000003, 0x001020 << 8);
    const read = Array.from({ length: 16 }, (_, i) => memory.read32(W0 + 4 * i));
    expect(toHex(words(...read))).toBe(toHex(Uint8Array.from({ length: 64 }, (_, i) => 0x20 + i)));
  });

  it("put the flash to sleep and wake it", () => {
    const { user } = bench();
    const id = () => user(0x00001700, 0x90000000, 0x7000009f);
    user(0, 0x80000000, 0x700000b9);
    expect(id()).toBe(0xffffff);
    user(0, 0x80000000, 0x700000ab);
    expect(id()).toBe(0x001640ef);
  });
});

describe("one-shot commands of the flash controller", () => {
  it("read the id and the status, write it, and erase", () => {
    const { flash, memory, time } = bench();
    memory.write32(CMD, 1 << 28);
    expect(memory.read32(W0)).toBe(0x001640ef);
    memory.write32(CMD, 1 << 30);
    memory.write32(RD_STATUS, 0x1c);
    memory.write32(CMD, 1 << 26);
    time.now += 10;
    memory.write32(RD_STATUS, 0);
    memory.write32(CMD, 1 << 27);
    expect(memory.read32(RD_STATUS)).toBe(0x1c);
    memory.write32(CMD, 1 << 30);
    memory.write32(RD_STATUS, 0);
    memory.write32(CMD, 1 << 26);
    time.now += 10;
    memory.write32(CMD, 1 << 30);
    memory.write32(ADDR, 0x1000);
    memory.write32(CMD, 1 << 24);
    expect([flash.bytes[0xffe], flash.bytes[0x1000], flash.bytes[0x1fff]]).toEqual([0xfe, 0xff, 0xff]);
  });

  it("program and read with the length in the top byte of the address", () => {
    const { flash, memory, time } = bench();
    memory.write32(W0, 0x44332211);
    memory.write32(ADDR, (4 << 24) | 0x3000);
    memory.write32(CMD, 1 << 30);
    memory.write32(CMD, 1 << 25);
    expect(toHex(flash.bytes.subarray(0x3000, 0x3005))).toBe("11 22 33 44 ff");
    time.now += 1;
    memory.write32(W0, 0);
    memory.write32(CMD, 1 << 31);
    expect(memory.read32(W0)).toBe(0x44332211);
  });

  it("show the flash busy for as long as an erase takes, and it takes nothing else", () => {
    const { memory, time } = bench();
    const status = () => {
      memory.write32(CMD, 1 << 27);
      return memory.read32(RD_STATUS);
    };
    memory.write32(CMD, 1 << 30);
    memory.write32(ADDR, 0);
    memory.write32(CMD, 1 << 24);
    expect(status()).toBe(1);
    memory.write32(CMD, 1 << 30);
    expect(status()).toBe(1);
    time.now = 40;
    expect(status()).toBe(0);
  });

  it("read ones before the pins are routed", () => {
    const { memory, spi } = bench();
    spi.attached = false;
    memory.write32(CMD, 1 << 28);
    expect(memory.read32(W0)).toBe(0xffffff);
  });
});
