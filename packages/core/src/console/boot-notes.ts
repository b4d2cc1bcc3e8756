/**
 * Says what boot messages and crashes mean, as they pass.
 *
 * @module
 */
import type { BootDialect } from "../boot/boot-dialect.js";
import type { BootEvent, BootEventOf } from "../boot/boot-event.js";
import { type BootState, foldBoot, initialBootState } from "../boot/boot-run.js";
import { findFailure } from "../boot/failure.js";
import type { Statement } from "../image/flash-params.js";
import { StackDump } from "./stack-dump.js";
import type { FindSymbol, SymbolPlace } from "./symbols.js";

/** A register of a crash report, with what lies at its address where that has a name. */
export interface CrashRegister {
  /** As printed: `epc1`, `excvaddr`. */
  readonly name: string;
  readonly value: number;
  readonly symbol?: SymbolPlace;
}

/** A return address on a stack that was dumped. */
export interface StackPlace {
  /** Where it was called from, in the program. */
  readonly address: number;
  readonly symbol: SymbolPlace;
}

/** A remark on what was just printed. */
export type ConsoleNote =
  | ({ readonly type: "note" } & Statement)
  | {
      readonly type: "exception";
      readonly cause: number;
      /** As in the CPU's manual, without the ending "Cause". */
      readonly name: string;
      readonly meaning: string;
      /** In the order in which they were printed; empty where none were. */
      readonly registers: readonly CrashRegister[];
    }
  | {
      /** A stack was dumped. */
      readonly type: "stack";
      /** Words of it that lie where code can. */
      readonly codeWords: number;
      /** Those words, the latest first. */
      readonly addresses: readonly number[];
      /** Those with a name, innermost call first; a word may be there from an earlier call. */
      readonly places: readonly StackPlace[];
    };

/** Unreadable bytes in one line from which on they are told to be another rate's, and not a spike. */
const NOISE = 12;

/** Looks at one console's boot messages. */
export class BootNotes {
  #state: BootState = initialBootState;
  /** What was said of the present run; nothing is said twice. */
  #said: string | undefined;
  #saidNoise = false;
  readonly #stack = new StackDump();

  constructor(
    readonly dialect: BootDialect,
    readonly findSymbol: FindSymbol | undefined,
  ) {}

  /** What there is to say of an event. */
  see(event: BootEvent): ConsoleNote[] {
    const stack = this.#stack.read(event.line);
    if (stack !== undefined) return [this.#stackNote(stack)];
    if (event.type === "text" || event.type === "bookkeeping") return [];
    if (event.type === "garbage") return this.#noise(event.byteCount);
    if (event.type === "rom-banner") this.#said = undefined;
    this.#state = foldBoot(this.#state, event, this.dialect);
    if (event.type === "rom-banner") return [this.#restart(event), ...this.#failure()];
    if (event.type === "fatal-exception") return [this.#exception(event)];
    return this.#failure();
  }

  #restart({ resetCause, bootMode }: BootEventOf<"rom-banner">): ConsoleNote {
    const params = { resetCause: this.dialect.resetCauseName(resetCause), bootMode: bootMode[0] };
    return { type: "note", code: "console-restart", params };
  }

  #failure(): ConsoleNote[] {
    const failure = findFailure(this.#state.run, this.dialect);
    if (failure === undefined || failure.code === "boot-exception" || failure.code === this.#said) return [];
    this.#said = failure.code;
    return [{ type: "note", code: failure.code, params: failure.params }];
  }

  #exception({ cause, registers }: BootEventOf<"fatal-exception">): ConsoleNote {
    return {
      type: "exception",
      cause,
      ...this.dialect.exceptionCauseOf(cause),
      registers: Object.entries(registers).map(([name, value]) => this.#register(name, value)),
    };
  }

  /** `excvaddr` is where data was looked for, and 0 is where nothing was saved: neither is a place in the program. */
  #register(name: string, value: number): CrashRegister {
    const symbol = name === "excvaddr" || value === 0 ? undefined : this.findSymbol?.(value);
    return { name, value, ...(symbol === undefined ? {} : { symbol }) };
  }

  #stackNote(codeWords: readonly number[]): ConsoleNote {
    const places = codeWords.flatMap((address) => {
      const symbol = this.findSymbol?.(address);
      return symbol === undefined ? [] : [{ address, symbol }];
    });
    return { type: "stack", codeWords: codeWords.length, addresses: codeWords, places };
  }

  #noise(byteCount: number): ConsoleNote[] {
    if (this.#saidNoise || byteCount < NOISE) return [];
    this.#saidNoise = true;
    return [{ type: "note", code: "console-noise", params: {} }];
  }
}
