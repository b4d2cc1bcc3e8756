/**
 * The one kind of application that this chip can run: a program that prints a text and goes on in silence.
 *
 * There is no Xtensa core here, so firmware is otherwise silent after its jump. A program whose entry point holds this mark
 * is made for the virtual chip alone, by its demo or by a test; a real chip would stop at the mark, which is no instruction.
 *
 * | Offset from the entry point | |
 * |---|---|
 * | 0 | the 8 bytes `VCHIPSAY` |
 * | 8 | rate in bit/s, 32 bits little-endian |
 * | 12 | length of the text in bytes, 32 bits little-endian, at most 1024 |
 * | 16 | the text, ASCII |
 *
 * @module
 */
import { readU32 } from "../bytes.js";
import type { Program } from "../chip/cpu.js";
import { ChipMode, type Machine } from "../chip/machine.js";

const MARK = "VCHIPSAY";
const HEADER_SIZE = 16;
const MAX_TEXT = 1024;
/** Where programs are loaded; code that runs from flash holds no announcement. */
const IRAM_START = 0x40100000;
const IRAM_END = 0x40108000;
/** Milliseconds that an SDK takes from its entry point to its first words, about. */
const START_MS = 60;

interface Announcement {
  readonly baudRate: number;
  readonly text: Uint8Array;
}

/** The program at a CPU address where it is an announcement; `undefined` where it is anything else. */
export function announcementAt(machine: Machine, entry: number): Program | undefined {
  if (entry < IRAM_START || entry + HEADER_SIZE + MAX_TEXT > IRAM_END) return undefined;
  const header = machine.memory.view(entry, HEADER_SIZE);
  if (String.fromCharCode(...header.subarray(0, 8)) !== MARK) return undefined;
  const baudRate = readU32(header, 8);
  const length = readU32(header, 12);
  if (baudRate === 0 || length > MAX_TEXT) return undefined;
  const text = machine.memory.view(entry + HEADER_SIZE, length).slice();
  return announce(machine, { baudRate, text });
}

function* announce(machine: Machine, { baudRate, text }: Announcement): Program {
  machine.mode = ChipMode.application;
  yield START_MS;
  machine.uart.divisor = Math.round(machine.uart.clockHz / baudRate);
  yield* machine.uart.transmit(text);
  return undefined;
}
