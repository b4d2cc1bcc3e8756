/**
 * The requests that loaders understand: one function per command, with its deadline and the way to read its reply.
 *
 * @module
 */
import { concat, words, xorChecksum } from "../bytes.js";
import { BLOCK_SIZE, PAGE_SIZE, SECTOR_SIZE } from "../flash/geometry.js";

/** Opcodes of the serial protocol. */
export const Op = {
  FlashBegin: 0x02,
  FlashData: 0x03,
  FlashEnd: 0x04,
  MemBegin: 0x05,
  MemEnd: 0x06,
  MemData: 0x07,
  Sync: 0x08,
  WriteReg: 0x09,
  ReadReg: 0x0a,
  SpiSetParams: 0x0b,
  SpiAttach: 0x0d,
  ChangeBaudrate: 0x0f,
  FlashDeflBegin: 0x10,
  FlashDeflData: 0x11,
  FlashDeflEnd: 0x12,
  SpiFlashMd5: 0x13,
  EraseFlash: 0xd0,
  EraseRegion: 0xd1,
  ReadFlash: 0xd2,
  RunUserCode: 0xd3,
} as const;
export type Op = (typeof Op)[keyof typeof Op];

/** Names as the protocol's own documents write them, for messages. */
const OP_NAMES: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(Op).map(([name, op]) => [op, name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase()]),
);

/** The protocol's name of an opcode: `FLASH_BEGIN`; unknown ones as `0x0c`. */
export function opName(op: number): string {
  return OP_NAMES[op] ?? `0x${op.toString(16).padStart(2, "0")}`;
}

/** A reply without its status. */
export interface Reply {
  /** The header's 32-bit field. */
  readonly value: number;
  /** The bytes in front of the status. */
  readonly data: Uint8Array;
}

/** A request, how long its answer may take, and how to read it. */
export interface Command<T> {
  readonly op: number;
  readonly body: Uint8Array;
  /** The checksum word of the header: only the DATA commands have one. */
  readonly checksum: number;
  /** Milliseconds from the end of the write to the reply. */
  readonly timeoutMs: number;
  readonly parse: (reply: Reply) => T;
}

/** Deadline of a command that only computes. */
const DEFAULT_TIMEOUT_MS = 3000;
/** Nothing may take longer, however large it is. */
const MAX_TIMEOUT_MS = 240_000;
/** Slowest flash that is still waited for. Source: esptool's deadlines, 40 s per MB erased or written. */
const FLASH_MS_PER_MB = 40_000;
const MD5_MS_PER_MB = 8000;
/** Source: esptool's deadline. Data sheets allow a 4 MB chip 50 s and a 16 MB chip 200 s. */
const ERASE_CHIP_TIMEOUT_MS = 120_000;

/** Deadline for work on `size` bytes of flash, from a rate in ms per 10^6 bytes; never under 3 s. */
export function timeoutForSize(size: number, msPerMb: number = FLASH_MS_PER_MB): number {
  return Math.min(MAX_TIMEOUT_MS, Math.max(DEFAULT_TIMEOUT_MS, Math.ceil((size / 1e6) * msPerMb)));
}

function command(op: number, body: Uint8Array, timeoutMs = DEFAULT_TIMEOUT_MS): Command<void> {
  return { op, body, checksum: 0, timeoutMs, parse: () => undefined };
}

function dataCommand(op: number, payload: Uint8Array, sequence: number, timeoutMs: number): Command<void> {
  return {
    op,
    body: concat([words(payload.length, sequence, 0, 0), payload]),
    checksum: xorChecksum(payload),
    timeoutMs,
    parse: () => undefined,
  };
}

/** READ_REG 0x0a: one 32-bit word of the chip's address space. */
export function readReg(address: number): Command<number> {
  return { ...command(Op.ReadReg, words(address)), parse: (reply) => reply.value };
}

/** One entry of WRITE_REG: `new = (old & ~mask) | (value & mask)`, after a delay. */
export interface RegisterWrite {
  readonly address: number;
  readonly value: number;
  /** Bits that change; all of them by default. */
  readonly mask?: number;
  /** Microseconds to wait before the write, at most 65,535 (the mask ROM keeps 16 bits). */
  readonly delayUs?: number;
}

/** WRITE_REG 0x09: any number of register writes, made in order. */
export function writeRegs(entries: readonly RegisterWrite[]): Command<void> {
  const body = entries.flatMap((e) => [e.address, e.value, e.mask ?? 0xffffffff, e.delayUs ?? 0]);
  return command(Op.WriteReg, words(...body));
}

/** MEM_BEGIN 0x05: announces `size` bytes for RAM at `address` in blocks of `blockSize`. */
export function memBegin(size: number, blockSize: number, address: number): Command<void> {
  return command(Op.MemBegin, words(size, Math.ceil(size / blockSize), blockSize, address));
}

/** MEM_DATA 0x07: one block for RAM; address and length stay multiples of 4 (IRAM takes whole words only). */
export function memData(payload: Uint8Array, sequence: number): Command<void> {
  return dataCommand(Op.MemData, payload, sequence, DEFAULT_TIMEOUT_MS);
}

/** MEM_END 0x06: leaves the loader and jumps to `entry`. The reply may be cut off by what starts there. */
export function memEnd(entry: number): Command<void> {
  return command(Op.MemEnd, words(0, entry), 200);
}

/**
 * FLASH_BEGIN 0x02 as the mask ROM takes it (16 bytes): erases, then announces data blocks.
 * @param eraseSize bytes to erase, already corrected for the ROM's erase-size bug
 * @param blockSize bytes per FLASH_DATA
 * @param offset bytes from the start of flash, a multiple of 4096
 * @param erasedBytes bytes that are really erased, for the deadline
 */
export function romFlashBegin(
  eraseSize: number,
  blocks: number,
  blockSize: number,
  offset: number,
  erasedBytes: number,
): Command<void> {
  return command(Op.FlashBegin, words(eraseSize, blocks, blockSize, offset), timeoutForSize(erasedBytes));
}

/** FLASH_BEGIN 0x02 as stubs take it (20 bytes): announces `size` bytes; erasing follows the data. */
export function stubFlashBegin(size: number, blockSize: number, offset: number): Command<void> {
  return command(Op.FlashBegin, words(size, Math.ceil(size / blockSize), blockSize, offset, 0));
}

/**
 * FLASH_END 0x04 as the mask ROM takes it: leaves the loader in any case and starts the firmware, without a reset. It succeeds
 * only when all announced bytes have come, and leaves the flash chip write-protected then.
 */
export function romFlashEnd(): Command<void> {
  return command(Op.FlashEnd, words(0));
}

/** FLASH_DATA 0x03: one block of flash content. */
export function flashData(payload: Uint8Array, sequence: number, timeoutMs: number): Command<void> {
  return dataCommand(Op.FlashData, payload, sequence, timeoutMs);
}

/** FLASH_END 0x04 with "stay": on a stub the reply comes when all was written. The mask ROM leaves in any case. */
export function flashEnd(timeoutMs: number): Command<void> {
  return command(Op.FlashEnd, words(1), timeoutMs);
}

/** FLASH_DEFL_BEGIN 0x10: announces `size` bytes that arrive as one zlib stream of `packedSize` bytes. */
export function flashDeflBegin(
  size: number,
  packedSize: number,
  blockSize: number,
  offset: number,
): Command<void> {
  return command(Op.FlashDeflBegin, words(size, Math.ceil(packedSize / blockSize), blockSize, offset, 0));
}

/** FLASH_DEFL_DATA 0x11: one block of the zlib stream. */
export function flashDeflData(payload: Uint8Array, sequence: number, timeoutMs: number): Command<void> {
  return dataCommand(Op.FlashDeflData, payload, sequence, timeoutMs);
}

/** FLASH_DEFL_END 0x12 with "stay"; the reply comes when all was written. */
export function flashDeflEnd(timeoutMs: number): Command<void> {
  return command(Op.FlashDeflEnd, words(1), timeoutMs);
}

/** SPI_FLASH_MD5 0x13: the MD5 of a range of flash, 16 bytes. Any offset and size. */
export function spiFlashMd5(offset: number, size: number): Command<Uint8Array> {
  return {
    ...command(Op.SpiFlashMd5, words(offset, size, 0, 0), timeoutForSize(size, MD5_MS_PER_MB)),
    parse: (reply) => reply.data,
  };
}

/** ERASE_FLASH 0xd0: the whole chip. @param flashSize its bytes, for the deadline: 2 to 4 minutes */
export function eraseFlash(flashSize: number): Command<void> {
  const timeoutMs = Math.max(ERASE_CHIP_TIMEOUT_MS, timeoutForSize(flashSize));
  return command(Op.EraseFlash, new Uint8Array(0), timeoutMs);
}

/** ERASE_REGION 0xd1: whole sectors; offset and size are multiples of 4096. */
export function eraseRegion(offset: number, size: number): Command<void> {
  return command(Op.EraseRegion, words(offset, size), timeoutForSize(size));
}

/** READ_FLASH 0xd2: starts the dialogue in which the stub streams `size` bytes in packets. */
export function readFlash(
  offset: number,
  size: number,
  packetSize: number,
  maxInFlight: number,
): Command<void> {
  return command(Op.ReadFlash, words(offset, size, packetSize, maxInFlight));
}

/** CHANGE_BAUDRATE 0x0f: the reply comes at the old rate. What the two words mean differs between stubs. */
export function changeBaudRate(newRate: number, oldRate: number): Command<void> {
  return command(Op.ChangeBaudrate, words(newRate, oldRate));
}

/** SYNC 0x08; answered several times. */
export function sync(body: Uint8Array): Command<number> {
  return { ...command(Op.Sync, body, 100), parse: (reply) => reply.value };
}

/** A command with no meaning to any known loader: how it is refused tells which loader it is. */
export function unassigned(op: number): Command<void> {
  return command(op, new Uint8Array(0), 500);
}

/**
 * SPI_SET_PARAMS 0x0b: the geometry of the flash chip, in the mask ROM and in stubs. A stub keeps it to itself; what its
 * flash routines obey is the ROM's copy, so that sizes above 4 MiB are told to the ROM (measured).
 * @param size bytes of the flash chip
 */
export function spiSetParams(size: number): Command<void> {
  return command(Op.SpiSetParams, words(0, size, BLOCK_SIZE, SECTOR_SIZE, PAGE_SIZE, 0xffff));
}

/** SPI_ATTACH 0x0d: connects the flash pins; stubs have done that when they greet, and ignore the argument. */
export function spiAttach(): Command<void> {
  return command(Op.SpiAttach, words(0));
}

/** RUN_USER_CODE 0xd3: starts the firmware from the legacy stub. No stub answers it; the present one ignores it (measured). */
export function runUserCode(): Command<void> {
  return command(Op.RunUserCode, new Uint8Array(0));
}
