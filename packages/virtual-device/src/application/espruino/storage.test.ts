import { describe, expect, it } from "vitest";
import { storageArea as madeStorage } from "../../../../../test/support/made-firmware.js";
import { describeWith } from "../../../../../test/support/requirements.js";
import { hex, textBytes } from "../../bytes.js";
import type { Routine } from "../../chip/cpu.js";
import { personaBench } from "../../testing/persona-bench.js";
import type { FlashWindow } from "./flash-window.js";
import { Storage } from "./storage.js";

/** Flash that clears bits and erases sectors, and counts both. */
function memoryFlash(bytes: Uint8Array): FlashWindow & { erased: number } {
  return {
    size: bytes.length,
    erased: 0,
    read: (address, length) => bytes.slice(address, address + length),
    // biome-ignore lint/correctness/useYield: nothing takes time here
    *erase(address) {
      bytes.fill(0xff, address & ~0xfff, (address & ~0xfff) + 0x1000);
      this.erased++;
    },
    // biome-ignore lint/correctness/useYield: nothing takes time here
    *write(address, data) {
      for (const [i, byte] of data.entries()) bytes[address + i]! &= byte;
    },
  };
}

/** Runs a routine to its end. */
function finish<Result>(routine: Routine<Result>): Result {
  for (;;) {
    const step = routine.next();
    if (step.done) return step.value;
  }
}

function storageOf(content: Uint8Array, headerSize: 16 | 32) {
  const flash = memoryFlash(content);
  return { flash, storage: new Storage(flash, { offset: 0, size: content.length }, headerSize) };
}

const blank = () => new Uint8Array(0x3000).fill(0xff);
const file = (name: string, text: string) => ({ name, data: textBytes(text), flags: 0 });

describe("Storage", () => {
  it("writes 16-byte headers as 1v96 does", () => {
    const content = blank();
    const { storage } = storageOf(content, 16);
    expect(finish(storage.write(file("a.js", "12345")))).toBe(true);
    expect(hex(content.subarray(0, 28))).toBe("05000000ffffffff612e6a73000000003132333435ffffffffffffff");
    finish(storage.erase("a.js"));
    expect(hex(content.subarray(0, 16))).toBe("0500000000000000612e6a7300000000");
  });

  it("writes 32-byte headers as 2v05 does, flags in the highest byte of the size", () => {
    const content = blank();
    const { storage } = storageOf(content, 32);
    finish(storage.write({ name: ".varimg", data: textBytes("12345"), flags: 0x80 }));
    expect(hex(content.subarray(0, 12))).toBe("050000802e766172696d6700");
    expect(hex(content.subarray(12, 44))).toBe(`${"00".repeat(20)}3132333435ffffffffffffff`);
    finish(storage.erase(".varimg"));
    expect(hex(content.subarray(0, 12))).toBe("0500008000000000696d6700");
    expect(storage.files()).toEqual([]);
  });

  it.each([16, 32] as const)("reads what was made elsewhere, with %i-byte headers", (headerSize) => {
    const made = madeStorage(
      [
        { name: "a", content: "first" },
        { name: "b", content: "gone", deleted: true },
        { name: ".varimg", content: "image", flags: 0x80 },
      ],
      headerSize,
      0x3000,
    );
    const { storage } = storageOf(made, headerSize);
    expect(storage.files().map(({ name, flags, data }) => [name, flags, data.length])).toEqual([
      ["a", 0, 5],
      [".varimg", 0x80, 5],
    ]);
    expect(storage.isSound()).toBe(true);
  });

  it("leaves the flash alone when the same bytes are written again", () => {
    const content = blank();
    const { storage } = storageOf(content, 32);
    finish(storage.write(file("a", "same")));
    const before = hex(content);
    finish(storage.write(file("a", "same")));
    expect(hex(content)).toBe(before);
  });

  it("compacts when it is full, and keeps what is alive", () => {
    const { storage, flash } = storageOf(blank(), 32);
    finish(storage.write(file("kept", "k")));
    const long = "x".repeat(0x1400);
    finish(storage.write(file("a", long)));
    finish(storage.write(file("a", `${long}y`)));
    expect(flash.erased).toBe(0);
    expect(finish(storage.write(file("a", `${long}z`)))).toBe(true);
    expect(flash.erased).toBe(3);
    expect(storage.files().map(({ name, data }) => [name, data.length])).toEqual([
      ["kept", 1],
      ["a", 0x1401],
    ]);
  });

  it("refuses what does not fit even then", () => {
    const { storage } = storageOf(blank(), 32);
    expect(finish(storage.write(file("a", "x".repeat(0x3000 - 31))))).toBe(false);
    expect(finish(storage.write(file("a", "x".repeat(0x3000 - 32))))).toBe(true);
    expect(storage.freeBytes()).toBe(0);
  });

  it.each([
    ["zeros", () => new Uint8Array(0x3000)],
    ["noise", () => Uint8Array.from({ length: 0x3000 }, (_, i) => (i * 89) & 0xff)],
    ["a file that is longer than the area", () => blank().fill(0x7f, 0, 4)],
    ["something behind the last file", () => blank().fill(0, 0x2000, 0x2001)],
  ])("with 32-byte headers is not sound with %s", (_, content) => {
    expect(storageOf(content(), 32).storage.isSound()).toBe(false);
  });

  it("with 16-byte headers takes zeros for deleted files, and erases them when it needs the room", () => {
    const { storage, flash } = storageOf(new Uint8Array(0x3000), 16);
    expect([storage.files(), storage.freeBytes()]).toEqual([[], 0]);
    expect(finish(storage.write(file("a", "1")))).toBe(true);
    expect([flash.erased, storage.files().length]).toEqual([3, 1]);
  });
});

describeWith(["firmware"], "Storage at start", () => {
  it("is erased where it is corrupt, since 2v05", () => {
    const bench = personaBench({ version: "2v09", map: 4, parts: { 487424: new Uint8Array(0x4000) } });
    expect(bench.board.uartLog).toContain(
      "[115299 baud]\nStorage is corrupt.\r\nErasing Storage Area...\r\nErase complete.\r\n\x1b[?7l".replaceAll(
        "\x1b",
        "\\x1b",
      ),
    );
    expect(bench.changedSectors().slice(0, 4)).toEqual(["0x77000", "0x78000", "0x79000", "0x7a000"]);
  });

  it("is not looked at before 2v05", () => {
    const bench = personaBench({ version: "2v04", map: 4, parts: { 487424: new Uint8Array(0x4000) } });
    expect(bench.board.uartLog).not.toContain("corrupt");
    expect(bench.changedSectors()).toEqual(["0x3fb000", "0x3fd000", "0x3fe000", "0x3ff000"]);
  });

  it("does not exist before 1v96", () => {
    const bench = personaBench({ version: "1v95", map: 4 });
    expect(bench.type('require("Storage").list()')).toBe('Uncaught Error: Module "Storage" not found\r\n');
  });
});

describeWith(["firmware"], 'require("Storage")', () => {
  it("writes, lists, reads and erases", () => {
    const bench = personaBench({ version: "2v09", map: 4 });
    bench.changedSectors();
    expect(bench.type('require("Storage").write("a.js","print(1)")')).toBe("=true\r\n");
    expect(bench.changedSectors()).toEqual(["0x77000"]);
    expect(bench.type('require("Storage").list()')).toBe('=[\r\n  "a.js"\r\n ]\r\n');
    expect(bench.type('require("Storage").read("a.js")')).toBe('="print(1)"\r\n');
    expect(bench.type('require("Storage").read("b.js")')).toBe("=undefined\r\n");
    bench.type('require("Storage").erase("a.js")');
    expect(bench.type('require("Storage").list()')).toBe("=[  ]\r\n");
  });

  it("refuses a name that no header has room for", () => {
    const bench = personaBench({ version: "2v04", map: 4 });
    expect(bench.type('require("Storage").write("123456789","x")')).toMatch(/^Uncaught Error: /);
    expect(bench.type('require("Storage").write("12345678","x")')).toBe("=true\r\n");
  });

  it("of a user2 that runs goes to the second megabyte since 2v04", () => {
    const image = personaBench({ version: "2v29", build: "ESP8266_4MB", map: 6 }).board.flash.slice(
      0x1000,
      0x80000,
    );
    const parts = { 1052672: image, 4186112: Uint8Array.of(0xfd, 0xe6) };
    const bench = personaBench({ version: "2v29", build: "ESP8266_4MB", map: 6, parts });
    expect(bench.board.uartLog).toContain("jump to run user2 @ 101000");
    bench.changedSectors();
    bench.type('require("Storage").write("a","1")');
    expect(bench.changedSectors()).toEqual(["0x1cb000"]);
    expect(bench.type('require("Storage").read("a")')).toBe('="1"\r\n');
    // What it sees at 0 is what lies at 0x100000.
    expect(bench.type('require("Flash").read(4,0x1000)')).toBe("=new Uint8Array([234, 4, 0, 0])\r\n");
    expect(bench.type('require("Flash").read(4,0)')).toBe("=new Uint8Array([255, 255, 255, 255])\r\n");
  });
});
