/**
 * Damage to bytes: what lines, disks, editors and enemies do to files. Described as data, so that a failing case shrinks.
 *
 * @module
 */
import fc from "fast-check";

/** One damage. Positions are shares of the length, so that they fit any file and go on to fit while it changes. */
export type Mutation =
  | { readonly kind: "flip"; readonly at: number; readonly bit: number }
  | { readonly kind: "set"; readonly at: number; readonly value: number }
  /** A number where formats keep sizes and offsets. */
  | { readonly kind: "word"; readonly at: number; readonly value: number; readonly bigEndian: boolean }
  | { readonly kind: "cut"; readonly at: number; readonly size: number }
  | { readonly kind: "repeat"; readonly at: number; readonly size: number }
  | { readonly kind: "fill"; readonly at: number; readonly size: number; readonly value: number }
  | { readonly kind: "insert"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: "truncate"; readonly at: number }
  /** Words that mean something to one parser or another. */
  | { readonly kind: "text"; readonly at: number; readonly text: string };

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
/** Headers are at the start: half of all damage goes to the first bytes. */
const early = share.map((value) => value ** 4);
const at = fc.oneof(share, early);
const size = fc.oneof(fc.nat(16), fc.nat(0x1000), fc.nat(0x2_0000));
const telling = fc.constantFrom(0, 1, 2, 4, 0x7f, 0x80, 0xff, 0x100, 0xfff, 0x1000, 0x7fff, 0x8000, 0xffff);
const tellingWord = fc.oneof(
  telling,
  fc.constantFrom(0x1_0000, 0x10_0000, 0x40_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff),
  fc.nat(0xffff_ffff),
);
const words = fc.constantFrom(
  "../../x",
  "C:\\x",
  "/x",
  "\0",
  "\r\n",
  "\n\n",
  '"',
  "'",
  "`",
  "\\\n",
  "^\n",
  "%A%",
  "$A",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable
  "${A}",
  "=",
  "set A=%A%%A%\n",
  "write_flash",
  " 0x0 a.bin",
  "0x",
  "-fs 4M ",
  "--flash_size ",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "null",
  "1e999",
  "-1",
  "4294967296",
  ":00000001FF\n",
  ":020000040010EA\n",
  "\u2026",
  "\ud83d\ude00",
  "espruino.com",
  "littlefs",
  "PK\u0003\u0004",
  "PK\u0005\u0006",
);

/** One damage. */
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant("flip" as const), at, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant("set" as const), at, value: fc.nat(255) }),
  fc.record({ kind: fc.constant("word" as const), at, value: tellingWord, bigEndian: fc.boolean() }),
  fc.record({ kind: fc.constant("cut" as const), at, size }),
  fc.record({ kind: fc.constant("repeat" as const), at, size }),
  fc.record({ kind: fc.constant("fill" as const), at, size, value: fc.constantFrom(0, 0xff, 0x20, 0x30) }),
  fc.record({ kind: fc.constant("insert" as const), at, bytes: fc.uint8Array({ maxLength: 64 }) }),
  fc.record({ kind: fc.constant("truncate" as const), at: share }),
  fc.record({ kind: fc.constant("text" as const), at, text: words }),
);

/** Up to eight of them, one after another. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.array(mutation, { maxLength: 8 });

/** The bytes with all damage done; never more than twice as long as they and a little. */
export function mutate(bytes: Uint8Array, all: readonly Mutation[]): Uint8Array {
  const limit = 2 * bytes.length + 0x1000;
  return all.reduce((damaged, one) => damage(damaged, one).subarray(0, limit), bytes);
}

function damage(bytes: Uint8Array, one: Mutation): Uint8Array {
  const position = Math.floor(one.at * bytes.length);
  switch (one.kind) {
    case "flip":
      return overwrite(bytes, position, Uint8Array.of(bytes[position] ^ (1 << one.bit)));
    case "set":
      return overwrite(bytes, position, Uint8Array.of(one.value));
    case "word":
      return overwrite(bytes, position & ~3, word(one.value, one.bigEndian));
    case "cut":
      return join(bytes.subarray(0, position), bytes.subarray(position + one.size));
    case "repeat":
      return join(bytes.subarray(0, position + one.size), bytes.subarray(position));
    case "fill":
      return overwrite(bytes, position, new Uint8Array(one.size).fill(one.value));
    case "insert":
      return join(bytes.subarray(0, position), one.bytes, bytes.subarray(position));
    case "truncate":
      return bytes.subarray(0, position);
    case "text":
      return join(bytes.subarray(0, position), new TextEncoder().encode(one.text), bytes.subarray(position));
  }
}

function overwrite(bytes: Uint8Array, position: number, values: Uint8Array): Uint8Array {
  const damaged = bytes.slice();
  damaged.set(values.subarray(0, Math.max(0, bytes.length - position)), Math.min(position, bytes.length));
  return damaged;
}

function word(value: number, bigEndian: boolean): Uint8Array {
  const bytes = [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
  return Uint8Array.from(bigEndian ? bytes.reverse() : bytes);
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
