/**
 * The boot record: where the SDK's boot loader reads which slot to start, and what it writes there by itself.
 *
 * The last three sectors of the map are a copy A of the SDK's parameters, a copy B, and a flag whose first byte says which
 * counts: 0 is A, anything else B. The first 8 bytes of a copy are the boot loader's:
 *
 * | Byte | Bits | |
 * |---|---|---|
 * | 0 | 1:0 | slot: 0 user1, 1 user2, 2 none; 3 is no record |
 * | 0 | 2 | 1: first attempt, that slot starts; 0: it could not be loaded, and the other one starts |
 * | 1 | 4:0 | the number of the release; any other is no record |
 * | 1 | 5, 6, 7 | test passed, test not begun, plain slots rather than enhanced mode; all are 1 in a new record |
 * | 2 to 4 | | flash offset of a test program, and in enhanced mode of the one that is started in place of the next |
 * | 5 to 7 | | flash offset of the program that enhanced mode starts |
 *
 * Found by reading the code of releases 1.6 and 1.7; not tried on silicon.
 *
 * @module
 */
import type { Routine } from "../chip/cpu.js";
import type { Machine } from "../chip/machine.js";
import { EraseKind, SECTOR_SIZE } from "../flash/flash-timing.js";
import { eraseUnit, writeFlash } from "../rom/rom-flash.js";
import type { BootVersion } from "./boot-versions.js";

const RECORD_SIZE = 8;
const FLAG_SIZE = 4;
const SLOT_BITS = 0x03;
const NO_SLOT = 3;
const FIRST_ATTEMPT = 0x04;
const VERSION_BITS = 0x1f;
const TEST_PASSED = 0x20;
const TEST_NOT_BEGUN = 0x40;
const PLAIN_SLOTS = 0x80;

/** What the boot loader is to start. */
export type BootTarget =
  | { readonly mode: "slot"; readonly slot: 1 | 2 }
  | { readonly mode: "no-slot"; readonly number: number }
  | { readonly mode: "test" | "enhanced"; readonly offset: number };

/** The record of the copy that counts. */
export function readBootRecord(machine: Machine, end: number): Uint8Array {
  return machine.flash
    .read(end - (countsA(readFlag(machine, end)) ? 3 : 2) * SECTOR_SIZE, RECORD_SIZE)
    .slice();
}

/** Whether a release goes by a record; if not it makes a new one. */
export function isOwnRecord(record: Uint8Array, { recordVersion }: BootVersion): boolean {
  return (record[1]! & VERSION_BITS) === recordVersion && (record[0]! & SLOT_BITS) !== NO_SLOT;
}

/** user1, at the first attempt. */
export function newRecord({ recordVersion }: BootVersion): Uint8Array {
  const record = new Uint8Array(RECORD_SIZE).fill(0xff);
  record[0] = 0xff & ~SLOT_BITS;
  record[1] = (0xff & ~VERSION_BITS) | recordVersion;
  return record;
}

/** What a record asks for. */
export function targetOf(record: Uint8Array): BootTarget {
  const [choice, state] = [record[0]!, record[1]!];
  if ((state & (TEST_PASSED | TEST_NOT_BEGUN)) === TEST_PASSED)
    return { mode: "test", offset: u24(record, 2) };
  if ((state & PLAIN_SLOTS) === 0) {
    return { mode: "enhanced", offset: u24(record, isFirstAttempt(record) ? 5 : 2) };
  }
  const number = choice & SLOT_BITS;
  if (number > 1) return { mode: "no-slot", number };
  return { mode: "slot", slot: (number === 0) === isFirstAttempt(record) ? 1 : 2 };
}

export function isFirstAttempt(record: Uint8Array): boolean {
  return (record[0]! & FIRST_ATTEMPT) !== 0;
}

/** The same record, with the other slot to start. */
export function afterFailedAttempt(record: Uint8Array): Uint8Array {
  return record.map((byte, i) => (i === 0 ? byte & ~FIRST_ATTEMPT : byte));
}

/**
 * Stores a record: all that is in the copy that counts goes into the other one, with the record at its start, and the flag
 * changes over. Of the flag's sector only the first 4 bytes survive.
 */
export function* storeBootRecord(machine: Machine, end: number, record: Uint8Array): Routine<void> {
  const flag = readFlag(machine, end);
  const [from, to] = countsA(flag) ? [3, 2] : [2, 3];
  const copy = machine.flash.read(end - from * SECTOR_SIZE, SECTOR_SIZE).slice();
  copy.set(record);
  flag[0] = countsA(flag) ? 1 : 0;
  yield* eraseUnit(machine, EraseKind.sector, end - to * SECTOR_SIZE);
  yield* writeFlash(machine, end - to * SECTOR_SIZE, copy);
  yield* eraseUnit(machine, EraseKind.sector, end - SECTOR_SIZE);
  yield* writeFlash(machine, end - SECTOR_SIZE, flag);
}

function readFlag(machine: Machine, end: number): Uint8Array {
  return machine.flash.read(end - SECTOR_SIZE, FLAG_SIZE).slice();
}

const countsA = (flag: Uint8Array): boolean => flag[0] === 0;

const u24 = (bytes: Uint8Array, at: number): number =>
  bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
