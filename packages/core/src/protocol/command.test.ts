import { describe, expect, it } from "vitest";
import { toHex } from "../bytes.js";
import { esp8266 } from "../targets/esp8266/esp8266.js";
import * as commands from "./command.js";
import { encodeRequest } from "./packet.js";
import { encodeFrame } from "./slip.js";

const wire = ({ op, body, checksum }: commands.Command<unknown>): string =>
  toHex(encodeFrame(encodeRequest(op, body, checksum)));
const hex = (text: string): string => text.replace(/\s/g, "").toLowerCase();
const bytes = (text: string): Uint8Array =>
  Uint8Array.from(text.split(" "), (byte) => Number.parseInt(byte, 16));

describe("requests on the wire", () => {
  const { rom } = esp8266;
  const region = { offset: 0x1000, size: 0x8000 };
  const vectors: readonly [string, commands.Command<unknown>, string][] = [
    [
      "SYNC",
      commands.sync(esp8266.sync.body),
      `C0 00 08 24 00 00 00 00 00 07 07 12 20 ${"55".repeat(32)} C0`,
    ],
    ["READ_REG", commands.readReg(0x40001000), "C0 00 0A 04 00 00 00 00 00 00 10 00 40 C0"],
    ["READ_REG of the divisor", commands.readReg(0x60000014), "C0 00 0A 04 00 00 00 00 00 14 00 00 60 C0"],
    [
      "WRITE_REG",
      commands.writeRegs([{ address: 0x60000200, value: 0x40000 }]),
      "C0 00 09 10 00 00 00 00 00 00 02 00 60 00 00 04 00 FF FF FF FF 00 00 00 00 C0",
    ],
    [
      "FLASH_BEGIN of the ROM with its erase word",
      commands.romFlashBegin(rom.eraseWord(region), 32, 0x400, 0x1000, 0x8000),
      "C0 00 02 10 00 00 00 00 00 00 40 00 00 20 00 00 00 00 04 00 00 00 10 00 00 C0",
    ],
    [
      "FLASH_BEGIN of the ROM that only attaches",
      commands.romFlashBegin(0, 0, 0x400, 0, 0),
      "C0 00 02 10 00 00 00 00 00 00 00 00 00 00 00 00 00 00 04 00 00 00 00 00 00 C0",
    ],
    [
      "FLASH_BEGIN of a stub",
      commands.stubFlashBegin(0x8000, 0x4000, 0x1000),
      "C0 00 02 14 00 00 00 00 00 00 80 00 00 02 00 00 00 00 40 00 00 00 10 00 00 00 00 00 00 C0",
    ],
    [
      "FLASH_DATA",
      commands.flashData(bytes("C0 DB 00 01 02 03 04 05"), 0, 3000),
      "C0 00 03 18 00 F5 00 00 00 08 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 DB DC DB DD 00 01 02 03 04 05 C0",
    ],
    ["FLASH_END that stays", commands.flashEnd(3000), "C0 00 04 04 00 00 00 00 00 01 00 00 00 C0"],
    [
      "MEM_BEGIN with an escaped size",
      commands.memBegin(0x2cc0, 0x1800, 0x4010c500),
      "C0 00 05 10 00 00 00 00 00 DB DC 2C 00 00 02 00 00 00 00 18 00 00 00 C5 10 40 C0",
    ],
    [
      "MEM_DATA",
      commands.memData(bytes("A8 10 00 40 01 FF FF 46"), 0),
      "C0 00 07 18 00 50 00 00 00 08 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 A8 10 00 40 01 FF FF 46 C0",
    ],
    ["MEM_END", commands.memEnd(0x4010c504), "C0 00 06 08 00 00 00 00 00 00 00 00 00 04 C5 10 40 C0"],
    [
      "CHANGE_BAUDRATE",
      commands.changeBaudRate(460800, 115200),
      "C0 00 0F 08 00 00 00 00 00 00 08 07 00 00 C2 01 00 C0",
    ],
    [
      "FLASH_DEFL_BEGIN",
      commands.flashDeflBegin(4096, 26, 0x4000, 0x3fe000),
      "C0 00 10 14 00 00 00 00 00 00 10 00 00 01 00 00 00 00 40 00 00 00 E0 3F 00 00 00 00 00 C0",
    ],
    ["FLASH_DEFL_END that stays", commands.flashDeflEnd(3000), "C0 00 12 04 00 00 00 00 00 01 00 00 00 C0"],
    [
      "SPI_FLASH_MD5",
      commands.spiFlashMd5(0x3fe000, 4096),
      "C0 00 13 10 00 00 00 00 00 00 E0 3F 00 00 10 00 00 00 00 00 00 00 00 00 00 C0",
    ],
    [
      "READ_FLASH",
      commands.readFlash(0, 0x2000, 0x1000, 64),
      "C0 00 D2 10 00 00 00 00 00 00 00 00 00 00 20 00 00 00 10 00 00 40 00 00 00 C0",
    ],
    [
      "SPI_SET_PARAMS of 4 MiB",
      commands.spiSetParams(0x400000),
      "C0 00 0B 18 00 00 00 00 00 00 00 00 00 00 00 40 00 00 00 01 00 00 10 00 00 00 01 00 00 FF FF 00 00 C0",
    ],
    ["SPI_ATTACH", commands.spiAttach(), "C0 00 0D 04 00 00 00 00 00 00 00 00 00 C0"],
    ["RUN_USER_CODE", commands.runUserCode(), "C0 00 D3 00 00 00 00 00 00 C0"],
    [
      "FLASH_END that starts the firmware",
      commands.romFlashEnd(),
      "C0 00 04 04 00 00 00 00 00 00 00 00 00 C0",
    ],
    ["ERASE_FLASH", commands.eraseFlash(0x400000), "C0 00 D0 00 00 00 00 00 00 C0"],
    [
      "ERASE_REGION",
      commands.eraseRegion(0x3fb000, 0x5000),
      "C0 00 D1 08 00 00 00 00 00 00 B0 3F 00 00 50 00 00 C0",
    ],
  ];

  it.each(vectors)("%s", (_, command, expected) => {
    expect(wire(command)).toBe(hex(expected));
  });
});

describe("deadlines", () => {
  it("grow with the size, from 3 s up to 240 s", () => {
    expect([0x1000, 0x100000, 0x1000000].map((size) => commands.timeoutForSize(size))).toEqual([
      3000, 41_944, 240_000,
    ]);
  });
});

describe("opName", () => {
  it("writes opcodes as the protocol's documents do", () => {
    expect([0x02, 0x0f, 0x10, 0x13, 0x0c].map(commands.opName)).toEqual([
      "FLASH_BEGIN",
      "CHANGE_BAUDRATE",
      "FLASH_DEFL_BEGIN",
      "SPI_FLASH_MD5",
      "0x0c",
    ]);
  });
});

describe("deadlines", () => {
  it("of a chip erase grow with the flash, from two minutes to four", () => {
    const sizes = [0x80000, 0x400000, 0x1000000];
    expect(sizes.map((size) => commands.eraseFlash(size).timeoutMs)).toEqual([120_000, 167_773, 240_000]);
  });
});
