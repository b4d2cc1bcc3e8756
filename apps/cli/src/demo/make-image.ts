/**
 * A firmware that only says hello, made here: for showing and testing a flasher without anybody's firmware.
 *
 * It has the form of a v1 firmware of the non-OS SDK: an image that the boot ROM loads (0xE9, three segments, checksum)
 * for offset 0, and the code that is run from flash, raw, for offset 0x10000. The bytes are random, of a kind that packs
 * about as well as compiled code. At its entry point lies a greeting in the form that the virtual chip can run; a real chip
 * could not.
 *
 * @module
 */

import { bootImage, codeLike, randomWords } from "@flashwright/core/demo";

/** A made firmware, as files. */
export interface MadeFirmware {
  /** For offset 0. */
  readonly boot: Uint8Array;
  /** For offset 0x10000. */
  readonly irom: Uint8Array;
}

/** Where the second file goes. */
export const IROM_OFFSET = 0x10000;

const IRAM = 0x40100000;
const ENTRY = IRAM + 0x10;
const DRAM = 0x3ffe8000;
const TEXT_SIZE = 0x6c40;
const DATA_SIZE = 0x384;
const RODATA_SIZE = 0x9d0;
const IROM_SIZE = 0x70a30;

/** DIO, which every module is wired for; 4MB at 40 MHz. */
const MODE = 2;
const SIZE_AND_FREQ = 0x40;

/** The same bytes for the same seed. */
export function makeFirmware(seed = 0x8266): MadeFirmware {
  const random = randomWords(seed);
  const code = (size: number) => codeLike(size, random);
  const text = code(TEXT_SIZE);
  text.set(greeting(), ENTRY - IRAM);
  const boot = bootImage({ mode: MODE, sizeFreq: SIZE_AND_FREQ, entry: ENTRY }, [
    { address: IRAM, bytes: text },
    { address: DRAM, bytes: code(DATA_SIZE) },
    { address: DRAM + DATA_SIZE, bytes: code(RODATA_SIZE) },
  ]);
  return { boot, irom: code(IROM_SIZE) };
}

const GREETING = "hello, this image was made for a demo and is no firmware\r\n";
/** What a real firmware of this kind prints at, with the usual crystal. */
const GREETING_RATE = 74_880;

/** See `announcement` in the virtual device: mark, rate, length, text. */
function greeting(): Uint8Array {
  const program = new Uint8Array(16 + GREETING.length);
  const view = new DataView(program.buffer);
  program.set(new TextEncoder().encode("VCHIPSAY"));
  view.setUint32(8, GREETING_RATE, true);
  view.setUint32(12, GREETING.length, true);
  program.set(new TextEncoder().encode(GREETING), 16);
  return program;
}
