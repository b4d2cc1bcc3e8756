/** Everything that can be made to go wrong, as plain data. @module */

/** The named kinds of fault. */
export const FaultKind = {
  dropBytes: "drop-bytes",
  corruptBytes: "corrupt-bytes",
  delayBytes: "delay-bytes",
  cutLine: "cut-line",
  silence: "silence",
  powerLoss: "power-loss",
  deadSector: "dead-sector",
  stuckBits: "stuck-bits",
  stuckStrap: "stuck-strap",
  returningProtection: "returning-protection",
} as const;
export type FaultKind = (typeof FaultKind)[keyof typeof FaultKind];

/** Which way the bytes go. */
export type Direction = "to-chip" | "to-host";

/**
 * When a fault of the line strikes. Bytes are counted per direction, over all connections; what the chip sends while nobody
 * is connected does not count.
 *
 * With `probability` each byte is hit by chance, drawn from the board's seed, from byte `after` on. Without it, the
 * `count` bytes (1 unless told) behind the first `after` are hit once; with `repeat` again behind every further `after`.
 */
export interface LineFaultTiming {
  readonly direction: Direction;
  readonly after?: number;
  readonly count?: number;
  readonly probability?: number;
  readonly repeat?: boolean;
  /** Only where the line runs faster than this, in bit/s, as with a cable that is too long for it. */
  readonly aboveBaud?: number;
}

/** Bytes vanish, as in an overrun. */
export interface DropBytesFault extends LineFaultTiming {
  readonly kind: typeof FaultKind.dropBytes;
}

/** Bytes arrive with one bit turned over, as by noise. */
export interface CorruptBytesFault extends LineFaultTiming {
  readonly kind: typeof FaultKind.corruptBytes;
}

/** The line stalls for `ms` before the bytes hit; order is kept. Takes real time (the clock's) at every pace. */
export interface DelayBytesFault extends LineFaultTiming {
  readonly kind: typeof FaultKind.delayBytes;
  readonly ms: number;
}

/** The cable is pulled after that many bytes: the connection ends as lost. Once per board; the chip keeps its power. */
export interface CutLineFault {
  readonly kind: typeof FaultKind.cutLine;
  readonly direction: Direction;
  readonly after: number;
}

/** After that many bytes nothing passes in this direction any more, until a new connection if `untilReconnect`. */
export interface SilenceFault {
  readonly kind: typeof FaultKind.silence;
  readonly direction: Direction;
  readonly after: number;
  readonly untilReconnect?: boolean;
}

/**
 * The chip's supply fails in the middle of the operation that follows `after` completed ones: half of the bytes are
 * programmed, or half of the area is erased. The chip is off until `powerCycle` or `reconnect`.
 */
export interface PowerLossFault {
  readonly kind: typeof FaultKind.powerLoss;
  readonly during: "program" | "erase";
  readonly after: number;
  /** Fail in every later operation too. */
  readonly repeat?: boolean;
}

/** The 4 KiB sector that holds `offset` keeps what it holds when it is erased. Always. */
export interface DeadSectorFault {
  readonly kind: typeof FaultKind.deadSector;
  readonly offset: number;
}

/** The bits of `mask` (0xff unless told) in this range read 1 after every program of their page. Always. */
export interface StuckBitsFault {
  readonly kind: typeof FaultKind.stuckBits;
  readonly offset: number;
  readonly length: number;
  readonly mask?: number;
}

/** A strap pin is shorted, whatever drives it. Always. */
export interface StuckStrapFault {
  readonly kind: typeof FaultKind.stuckStrap;
  readonly pin: "gpio0" | "gpio2" | "gpio15";
  readonly level: "low" | "high";
}

/** The protection `bits` of the status register (0x1c unless told) are set again after every status write. Always. */
export interface ReturningProtectionFault {
  readonly kind: typeof FaultKind.returningProtection;
  readonly bits?: number;
}

/** One thing that is wrong with the board. */
export type Fault =
  | DropBytesFault
  | CorruptBytesFault
  | DelayBytesFault
  | CutLineFault
  | SilenceFault
  | PowerLossFault
  | DeadSectorFault
  | StuckBitsFault
  | StuckStrapFault
  | ReturningProtectionFault;
