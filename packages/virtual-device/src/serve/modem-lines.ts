/** Modem lines as the bits of Linux's TIOCM calls, for host programs that run with the preloaded line library. @module */
import type { SignalStep } from "@flashwright/core";

/** The bits of TIOCM_DTR and TIOCM_RTS; every other line of the virtual board is unconnected and reads 0. */
export const ModemBit = { dtr: 0x002, rts: 0x004 } as const;

/** What a request does: the step for the board, if any, and the bits that hold afterwards. */
export interface ModemRequest {
  readonly bits: number;
  readonly step?: SignalStep;
}

/**
 * Reads a request: `get`, `set`, `bis` or `bic` with bits in hex, `brk` or `nobrk`. A `set` moves both lines in one step,
 * the others only what they name, as the calls do; a break that is there already begins no second time.
 * @param bits what holds now
 * @param isBreak whether a break holds now
 */
export function parseModemRequest(line: string, bits: number, isBreak: boolean): ModemRequest {
  const [operation, argument = "0"] = line.split(" ");
  const mask = Number.parseInt(argument, 16) & (ModemBit.dtr | ModemBit.rts);
  switch (operation) {
    case "set":
      return { bits: mask, step: stepFor(ModemBit.dtr | ModemBit.rts, mask) };
    case "bis":
      return { bits: bits | mask, ...moved(mask, bits | mask) };
    case "bic":
      return { bits: bits & ~mask, ...moved(mask, bits & ~mask) };
    case "brk":
    case "nobrk": {
      const brk = operation === "brk";
      return brk === isBreak ? { bits } : { bits, step: { brk } };
    }
    default:
      return { bits };
  }
}

function moved(named: number, bits: number): { step?: SignalStep } {
  return named === 0 ? {} : { step: stepFor(named, bits) };
}

function stepFor(named: number, bits: number): SignalStep {
  return {
    ...(named & ModemBit.dtr ? { dtr: (bits & ModemBit.dtr) !== 0 } : {}),
    ...(named & ModemBit.rts ? { rts: (bits & ModemBit.rts) !== 0 } : {}),
  };
}
