/**
 * Exception causes of the ESP8266's CPU (Xtensa LX106): register EXCCAUSE.
 *
 * @module
 */
import type { ExceptionCause } from "../../boot/boot-dialect.js";

/** Causes by number. Numbers that are not here are reserved or belong to units that this CPU does not have. */
export const exceptionCauses: ReadonlyMap<number, ExceptionCause> = new Map([
  [0, { name: "IllegalInstruction", meaning: "no valid instruction, as when code is missing or misread" }],
  [1, { name: "Syscall", meaning: "a system call nobody takes" }],
  [2, { name: "InstructionFetchError", meaning: "code fetched from memory that failed" }],
  [3, { name: "LoadStoreError", meaning: "data access that the memory refuses, as by bytes in code memory" }],
  [4, { name: "Level1Interrupt", meaning: "an interrupt nobody takes" }],
  [5, { name: "Alloca", meaning: "stack window moved while in use" }],
  [6, { name: "IntegerDivideByZero", meaning: "division by zero" }],
  [8, { name: "Privileged", meaning: "privileged instruction in user mode" }],
  [9, { name: "LoadStoreAlignment", meaning: "data access at an address that its size does not divide" }],
  [12, { name: "InstrPIFDataError", meaning: "bus error while fetching code" }],
  [13, { name: "LoadStorePIFDataError", meaning: "bus error while accessing data" }],
  [14, { name: "InstrPIFAddrError", meaning: "bus address error while fetching code" }],
  [15, { name: "LoadStorePIFAddrError", meaning: "bus address error while accessing data" }],
  [16, { name: "InstTLBMiss", meaning: "code address without translation" }],
  [17, { name: "InstTLBMultiHit", meaning: "code address with several translations" }],
  [18, { name: "InstFetchPrivilege", meaning: "code of a more privileged ring" }],
  [20, { name: "InstFetchProhibited", meaning: "jump to an address that holds no code" }],
  [24, { name: "LoadStoreTLBMiss", meaning: "data address without translation" }],
  [25, { name: "LoadStoreTLBMultiHit", meaning: "data address with several translations" }],
  [26, { name: "LoadStorePrivilege", meaning: "data of a more privileged ring" }],
  [28, { name: "LoadProhibited", meaning: "read through a bad pointer" }],
  [29, { name: "StoreProhibited", meaning: "write through a bad pointer" }],
]);

/** A cause, also one that no table has. */
export function exceptionCauseOf(cause: number): ExceptionCause {
  return exceptionCauses.get(cause) ?? { name: `cause ${cause}`, meaning: "not in the CPU's manual" };
}
