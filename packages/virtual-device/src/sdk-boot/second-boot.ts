/** Espressif's second-stage boot loader: reads the flash map, picks a program, loads and starts it. @module */
import { crashLoop } from "../application/crash.js";
import { firmwareProgram } from "../application/firmware.js";
import { loadedFirmware } from "../application/loaded-firmware.js";
import type { Program, Routine } from "../chip/cpu.js";
import type { Machine } from "../chip/machine.js";
import { SECTOR_SIZE } from "../flash/flash-timing.js";
import { hangUntilWatchdog, print } from "../rom/rom-boot.js";
import { isOwnRecord, newRecord, readBootRecord, storeBootRecord, targetOf } from "./boot-record.js";
import { type BootVersion, mapSeenBy } from "./boot-versions.js";
import { failedAttempt } from "./failed-attempt.js";
import { speedNames } from "./flash-maps.js";
import { LoadFailure, loadUserImage } from "./user-image.js";

/** By the third byte of the image; any other is 0 to the boot loader. */
const modeNames: readonly string[] = ["QIO", "QOUT", "DIO", "DOUT"];

/** Where user1 lies in every map. */
const USER1 = 0x1000;

/** A byte of the PHY init data that names a pin, 0xA0 and its number, which starts a test program when it is low. */
const TEST_PIN = 119;

/** A program to load, and the slot that it counts as. */
interface Start {
  readonly slot: 1 | 2;
  readonly offset: number;
  readonly isTest: boolean;
}

/** Prints what it found, then loads a program and jumps there. */
export function* secondBoot(machine: Machine, version: BootVersion): Program {
  const header = machine.flash.read(0, 4);
  const map = mapSeenBy(version, header[3]! >> 4);
  yield* introduce(machine, version, header, map?.text ?? "flash map not support");
  if (map === undefined) return yield* hangUntilWatchdog(machine);
  const record = yield* ownRecord(machine, version, map.size);
  yield* lookAtTestPin(machine, version, map.size);
  const start = yield* announceStart(machine, version, record, map.user2);
  if (start === undefined) return yield* hangUntilWatchdog(machine);
  yield* print(machine, ` @ ${start.offset.toString(16)}\r\n\r\n`);
  const image = loadUserImage(machine, start.offset);
  if (image === LoadFailure.wrongMagic) yield* print(machine, "error magic!\r\n");
  if (image === LoadFailure.damaged) return crashLoop(machine, version.loaderReturn);
  if (typeof image === "string") {
    return yield* start.isTest
      ? hangUntilWatchdog(machine)
      : failedAttempt(machine, version, map.size, record);
  }
  return firmwareProgram(machine, loadedFirmware(machine, { ...start, ...image }));
}

function* introduce(machine: Machine, version: BootVersion, header: Uint8Array, map: string): Routine<void> {
  const { labels, unknownSpeed, name } = version;
  const mode = modeNames[header[2]!] ?? "QIO";
  const speed = speedNames.get(header[3]! & 0xf);
  yield* print(machine, `\r\n2nd boot version : ${name}\r\n`);
  yield* print(machine, `${labels.speed}${speed === undefined ? unknownSpeed : `${speed}\r\n`}`);
  yield* print(machine, `${labels.mode}${mode}\r\n${labels.map}${map}\r\n`);
}

/** The boot record; where there is none that this release goes by, a new one that is stored first. */
function* ownRecord(machine: Machine, version: BootVersion, end: number): Routine<Uint8Array> {
  const found = readBootRecord(machine, end);
  if (isOwnRecord(found, version)) return found;
  const record = newRecord(version);
  yield* storeBootRecord(machine, end, record);
  return record;
}

/** Says that no pin is named where the PHY init data is not its makers'. A named pin is high on these boards. */
function* lookAtTestPin(machine: Machine, version: BootVersion, end: number): Routine<void> {
  const pin = machine.flash.read(end - 4 * SECTOR_SIZE + TEST_PIN, 1)[0]!;
  const isNamed = pin >= 0xa0 && pin <= 0xaf;
  if (pin !== 0 && !isNamed && !version.silentTestPins.includes(pin)) {
    yield* print(machine, "no GPIO select!\r\n");
  }
}

/** What the record asks for, in words without the end of their line; `undefined` where it names no slot. */
function* announceStart(
  machine: Machine,
  version: BootVersion,
  record: Uint8Array,
  user2: number,
): Routine<Start | undefined> {
  const target = targetOf(record);
  if (target.mode === "slot") {
    yield* print(machine, `jump to run user${target.slot}`);
    return { slot: target.slot, offset: target.slot === 1 ? USER1 : user2, isTest: false };
  }
  if (target.mode === "no-slot") {
    yield* print(machine, `jump to run user${version.unknownSlot}${target.number.toString(16)}\r\n`);
    return undefined;
  }
  const isTest = target.mode === "test";
  const words = isTest ? "test mode, " : "enhance boot mode, ";
  yield* print(machine, `${words}jump to run bin @ ${target.offset.toString(16)}\r\n\r\n`);
  return { slot: 1, offset: target.offset, isTest };
}
