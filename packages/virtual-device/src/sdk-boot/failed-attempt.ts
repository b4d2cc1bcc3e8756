/** What the boot loader does when a program could not be loaded: again, the other slot, or nothing more. @module */
import type { Program, Routine } from "../chip/cpu.js";
import type { Machine } from "../chip/machine.js";
import { hangUntilWatchdog, print } from "../rom/rom-boot.js";
import { afterFailedAttempt, isFirstAttempt, storeBootRecord } from "./boot-record.js";
import type { BootVersion } from "./boot-versions.js";

/** A word of RTC memory, which keeps its content over the watchdog's resets, in which release 1.7 counts attempts. */
const ATTEMPTS = 0x600011dc;
const COUNT_MARK = 0x5a5a5a00;
/** What it leaves there when it goes over to the other slot: no count. */
const COUNT_ENDED = 0x12345678;
/** Milliseconds that it waits before it starts the same slot anew. */
const RETRY_MS = 500;

/** Ends in a reset by the watchdog, which the boot loader arms itself; its period is UNCERTAIN. */
export function* failedAttempt(
  machine: Machine,
  version: BootVersion,
  end: number,
  record: Uint8Array,
): Program {
  const isFirst = isFirstAttempt(record);
  const words = isFirst ? "first boot failed" : "backup boot failed";
  if (yield* triesAgain(machine, version, words)) return yield* hangUntilWatchdog(machine, true);
  if (!isFirst) {
    yield* print(machine, `${words}.\r\n\r\n`);
    return yield* hangUntilWatchdog(machine);
  }
  yield* storeBootRecord(machine, end, afterFailedAttempt(record));
  if (version.retries > 0) machine.memory.write32(ATTEMPTS, COUNT_ENDED);
  yield* print(machine, `${words}, reboot to try backup bin\r\n\r\n`);
  return yield* hangUntilWatchdog(machine, true);
}

/** Counts the attempt; false when there were enough. */
function* triesAgain(machine: Machine, { retries }: BootVersion, words: string): Routine<boolean> {
  if (retries === 0) return false;
  const word = machine.memory.read32(ATTEMPTS);
  const count = (word & 0xffffff00) >>> 0 === COUNT_MARK ? word & 0xff : 0;
  if (count >= retries) return false;
  machine.memory.write32(ATTEMPTS, COUNT_MARK | (count + 1));
  yield* print(machine, `${words} ${word.toString(16)}, reboot to try this bin again\r\n\r\n`);
  yield RETRY_MS;
  return true;
}
