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

const MAGIC = 0xe9;
const HEADER_SIZE = 8;
const SEGMENT_HEADER_SIZE = 8;
const CHECKSUM_SEED = 0xef;
const LINE = 16;
/** DIO, which every module is wired for; 4MB at 40 MHz. */
const MODE = 2;
const SIZE_AND_FREQ = 0x40;

/** The same bytes for the same seed. */
export function makeFirmware(seed = 0x8266): MadeFirmware {
  const random = randomWords(seed);
  const code = (size: number) => codeLike(size, random);
  const text = code(TEXT_SIZE);
  text.set(greeting(), ENTRY - IRAM);
  const boot = bootImage(ENTRY, [
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

interface Segment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** An image that the boot ROM loads: the checksum is the last byte of a 16-byte line. */
function bootImage(entry: number, segments: readonly Segment[]): Uint8Array {
  const size = segments.reduce((sum, { bytes }) => sum + SEGMENT_HEADER_SIZE + bytes.length, HEADER_SIZE);
  const image = new Uint8Array(size + LINE - (size % LINE));
  const view = new DataView(image.buffer);
  image.set([MAGIC, segments.length, MODE, SIZE_AND_FREQ]);
  view.setUint32(4, entry, true);
  let at = HEADER_SIZE;
  let checksum = CHECKSUM_SEED;
  for (const { address, bytes } of segments) {
    view.setUint32(at, address, true);
    view.setUint32(at + 4, bytes.length, true);
    image.set(bytes, at + SEGMENT_HEADER_SIZE);
    at += SEGMENT_HEADER_SIZE + bytes.length;
    for (const byte of bytes) checksum ^= byte;
  }
  image[image.length - 1] = checksum;
  return image;
}

/** Share of bytes that repeat something from shortly before, as instructions do; sets how well the bytes pack. */
const REPEATING = 0.4;
const REPEAT_LENGTH = 6;
const REPEAT_DISTANCE = 2048;

function codeLike(size: number, random: () => number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const fraction = (random() & 0xffff) / 0x10000;
    if (at > REPEAT_DISTANCE && fraction < REPEATING / REPEAT_LENGTH) {
      const from = at - 1 - (random() % (REPEAT_DISTANCE - REPEAT_LENGTH));
      for (let i = 0; i < REPEAT_LENGTH && at < size; i++) bytes[at++] = bytes[from - REPEAT_LENGTH + i];
    } else bytes[at++] = random() & (fraction < 0.5 ? 0xff : 0x1f);
  }
  return bytes;
}

/** xorshift32: the same words everywhere for the same seed. */
function randomWords(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
