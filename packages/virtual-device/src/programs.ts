/** Which program lies at a CPU address. @module */
import { announcementAt } from "./application/announcement.js";
import type { Program } from "./chip/cpu.js";
import { ChipMode, type Machine } from "./chip/machine.js";
import { BOOT_FLASH_ENTRY, RESET_VECTOR } from "./rom/addresses.js";
import { printException } from "./rom/exception.js";
import { bootFlash, resetVector } from "./rom/rom-boot.js";
import { findSecondBoot } from "./sdk-boot/boot-versions.js";
import { secondBoot } from "./sdk-boot/second-boot.js";
import { standInAt } from "./sdk-boot/stand-in.js";
import { stub } from "./stub/stub.js";
import { isStub } from "./stub/stub-program.js";

/**
 * The program that a jump to `address` runs: two entries of the ROM, the genuine stub, the SDK's second boot loader where
 * the flash holds one that is known, or a stand-in for it (it goes on to the firmware in a slot), an announcement. Anything
 * else is a program that this device cannot run: it stays silent for ever, as an `application` when it came out of flash and
 * as `hung` otherwise.
 */
export function programAt(machine: Machine, address: number): Program | undefined {
  if (address === BOOT_FLASH_ENTRY) return bootFlash(machine);
  if (address === RESET_VECTOR) return resetVector(machine);
  if (isStub(machine.memory, address)) return stub(machine);
  if (machine.mode !== ChipMode.booting) {
    machine.mode = ChipMode.hung;
    return undefined;
  }
  const version = findSecondBoot(machine.flash) ?? standInAt(machine.memory, address);
  if (version !== undefined) return secondBoot(machine, version);
  machine.mode = ChipMode.application;
  return announcementAt(machine, address);
}

/** The ROM's last words about an exception, after which nothing runs. */
export function* fatalException(machine: Machine, cause: number, address: number): Program {
  machine.mode = ChipMode.hung;
  machine.uart.receiver = undefined;
  yield* printException(machine, cause, { epc1: 0x4000e1b2, excvaddr: address });
  return undefined;
}
