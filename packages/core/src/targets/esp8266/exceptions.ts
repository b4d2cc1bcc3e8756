/**
 * Exception causes of the ESP8266's CPU (Xtensa LX106): register EXCCAUSE.
 *
 * @module
 */
import type { ExceptionCause } from "../../boot/boot-dialect.js";
import { phrase } from "../../messages/catalogue.js";

/** Their names in the CPU's manual. Numbers that are not here are reserved or belong to units that this CPU does not have. */
export const exceptionCauses = {
  0: "IllegalInstruction",
  1: "Syscall",
  2: "InstructionFetchError",
  3: "LoadStoreError",
  4: "Level1Interrupt",
  5: "Alloca",
  6: "IntegerDivideByZero",
  8: "Privileged",
  9: "LoadStoreAlignment",
  12: "InstrPIFDataError",
  13: "LoadStorePIFDataError",
  14: "InstrPIFAddrError",
  15: "LoadStorePIFAddrError",
  16: "InstTLBMiss",
  17: "InstTLBMultiHit",
  18: "InstFetchPrivilege",
  20: "InstFetchProhibited",
  24: "LoadStoreTLBMiss",
  25: "LoadStoreTLBMultiHit",
  26: "LoadStorePrivilege",
  28: "LoadProhibited",
  29: "StoreProhibited",
} as const;

/** A cause, also one that no table has. */
export function exceptionCauseOf(cause: number): ExceptionCause {
  if (!isKnown(cause))
    return { name: phrase("exception-number", { cause }), meaning: phrase("exception-unknown") };
  return { name: exceptionCauses[cause], meaning: phrase(`exception-${cause}`) };
}

function isKnown(cause: number): cause is keyof typeof exceptionCauses {
  return Object.hasOwn(exceptionCauses, cause);
}
