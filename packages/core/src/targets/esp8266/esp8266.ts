/**
 * The ESP8266 and ESP8285 as data.
 *
 * Sources: Espressif's description of the serial protocol; the mask ROM's code; where a comment says "measured", the
 * genuine ROM and stub code under CPU emulation. None of it was tried on silicon by this project yet.
 *
 * @module
 */
import type { Target } from "../target.js";
import { esp8266BootDialect } from "./boot-dialect.js";
import { esp8266FlashModes } from "./flash-chips.js";
import { esp8266Identity, UART_DIVISOR } from "./identity.js";
import { esp8266ImageTarget } from "./image-target.js";
import { loaderResets, runReset } from "./resets.js";
import { romErases, romEraseWord } from "./rom-erase.js";

/** Flash controller SPI0. */
const SPI = 0x60000200;
const SPI_STATUS = SPI + 0x10;
const SPI_W0 = SPI + 0x40;
const CMD_WRITE_ENABLE = 1 << 30;
const CMD_READ_ID = 1 << 28;
const CMD_READ_STATUS = 1 << 27;
const CMD_WRITE_STATUS = 1 << 26;

/** Size field of the flash descriptor that the ROM's routines obey; 4 MiB after a reset. */
const ROM_FLASH_SIZE = 0x3fffc71c;
/** Time that a flash chip may take to store its status register, in microseconds. Typical parts take 5 to 15 ms. */
const STATUS_WRITE_US = 20_000;

export const esp8266: Target = {
  name: "esp8266",
  title: "ESP8266",
  statusBytes: 2,
  detection: {
    register: 0x40001000,
    magic: 0xfff0c101,
    others: new Map([
      [0x00f01d83, "ESP32"],
      [0x000007c6, "ESP32-S2"],
      [0x00000009, "ESP32-S3"],
      [0x6921506f, "ESP32-C3"],
      [0x1b31506f, "ESP32-C3"],
      [0x4881606f, "ESP32-C3"],
      [0x4361606f, "ESP32-C3"],
      [0x6f51306f, "ESP32-C2"],
      [0x7c41a06f, "ESP32-C2"],
      [0x0c21e06f, "ESP32-C2"],
      [0x2ce0806f, "ESP32-C6"],
      [0x33f0206f, "ESP32-C61"],
      [0x2421606f, "ESP32-C61"],
      [0x1101406f, "ESP32-C5"],
      [0xd7b73e80, "ESP32-H2"],
      [0x0addbad0, "ESP32-P4"],
    ]),
  },
  sync: {
    body: new Uint8Array([0x07, 0x07, 0x12, 0x20, ...new Array<number>(32).fill(0x55)]),
    replies: 8,
    romEcho: 0x20120707,
    // The ROM looks for edges every millisecond. Measured: 2 ms are enough at every rate; 4 leave a margin.
    preamble: { byte: 0x55, ms: 4 },
  },
  uart: {
    divisorRegister: UART_DIVISOR,
    referenceBaudRate: 115_200,
    syncRates: [460_800, 230_400, 115_200],
    ladder: [921_600, 460_800, 230_400, 115_200],
    practicalLimit: 921_600,
    bootLogRate: 74_880,
    bootLogCrystalMHz: 26,
  },
  identity: esp8266Identity,
  spi: {
    readId: [
      { address: SPI_W0, value: 0 },
      { address: SPI, value: CMD_READ_ID },
    ],
    idRegister: SPI_W0,
    readStatus: [{ address: SPI, value: CMD_READ_STATUS }],
    statusRegister: SPI_STATUS,
    clearStatus: [
      { address: SPI, value: CMD_WRITE_ENABLE },
      { address: SPI_STATUS, value: 0 },
      { address: SPI, value: CMD_WRITE_STATUS },
      { address: SPI_W0, value: 0, delayUs: STATUS_WRITE_US },
    ],
    busyMask: 0x01,
    protectionMask: 0x1c,
    scratch: { address: SPI_W0, words: 16 },
  },
  rom: {
    dataBlockSize: 0x400,
    // 0x1800 is the ROM's limit; streamed blocks of that size overrun its receive ring above 1.2 Mbaud (measured).
    streamBlockSize: 0x800,
    flashLimit: 0x400000,
    setFlashSize: (size) => [{ address: ROM_FLASH_SIZE, value: size }],
    eraseWord: romEraseWord,
    erases: romErases,
  },
  stub: {
    load: async () => (await import("./stub.js")).loadStub(),
    greeting: new Uint8Array([0x4f, 0x48, 0x41, 0x49]), // OHAI
    greetingTimeoutMs: 3000,
    dataBlockSize: 0x4000,
    readPacketSize: 0x1000,
    probe: { op: 0x0c, status: 0xc3 },
    blockTimeoutMs(unpackedSize) {
      // The stub may erase a 64 KiB block for every 32 KiB that it unpacks; 40 s per MB is esptool's slowest flash.
      const erased = 0x10000 * (Math.ceil(unpackedSize / 0x8000) + 1);
      return Math.min(240_000, Math.max(3000, ((unpackedSize + erased) / 1e6) * 40_000));
    },
  },
  softStart: {
    stubBoot: { address: 0x3ffe8000, entry: 0x400010a8 },
    resetVector: 0x40000080,
  },
  resets: { loader: loaderResets, run: runReset },
  boot: esp8266BootDialect,
  image: esp8266ImageTarget,
  flashModes: esp8266FlashModes,
  maxFlashSize: 0x1000000,
};
