/**
 * Says from a boot log whether the firmware runs, and if not, why.
 *
 * @module
 */
import type { bootMessages } from "../messages/boot.js";
import type { MessageCode, MessageParams } from "../messages/catalogue.js";
import type { BootDialect } from "./boot-dialect.js";
import { type BootRun, type BootState, hasHandedOver, lastEvent } from "./boot-run.js";
import { type BootFailure, evidenceOf, findFailure, isLoadFailure } from "./failure.js";

/** Codes of the catalogue that a verdict can carry. */
export type BootCode = Extract<keyof typeof bootMessages, MessageCode>;

/** What the log says, with the reason as a catalogue code and the lines that show it. */
export interface BootVerdict {
  /**
   * `boots`: the firmware gives signs of life. `does-not-boot`: the log names a failure. `silent`: nothing more came, and
   * that proves neither. `undecided`: too early to tell.
   */
  readonly verdict: "boots" | "does-not-boot" | "silent" | "undecided";
  readonly code: BootCode;
  readonly params: MessageParams;
  /** Lines of the log, oldest first, at most 12 of at most 160 characters, without control characters. */
  readonly evidence: readonly string[];
  /** The application that a second boot started last; absent where no log shows one. */
  readonly jump?: { readonly slot: number; readonly offset: number };
}

/** How long to wait and how much to ask for; all times in milliseconds without a byte. */
export interface VerdictLimits {
  /** After which silence counts as such. */
  readonly silenceMs: number;
  /** After which output counts as the application's, and not as the beginning of a crash report. */
  readonly settleMs: number;
  /** The same after an earlier run has failed or the chip was reset more than once. */
  readonly recoveryMs: number;
}

/** Limits that suit a board that was just reset. */
export const defaultVerdictLimits: VerdictLimits = { silenceMs: 3000, settleMs: 300, recoveryMs: 2000 };

/** Readable characters that make an application: behind a load that was seen, and without one, as noise makes words too. */
const TEXT_AFTER_LOAD = 4;
const TEXT_ALONE = 16;

/** An application that prints without a pause is one after this many characters. */
const TEXT_WITHOUT_PAUSE = 400;

/** Unreadable bytes behind a load that are output at another rate, rather than a spike on the line. */
const GARBAGE_AFTER_LOAD = 8;

/** Resets that are a loop. A single watchdog reset may be left over from the run before. */
const WATCHDOG_LOOP = 2;
const RESET_LOOP = 3;

type Finding = Omit<BootVerdict, "evidence"> & { readonly evidence?: readonly string[] };

/**
 * The verdict on what has come so far.
 * @param silenceMs milliseconds since the last byte, or since listening began
 */
export function bootVerdict(
  state: BootState,
  silenceMs: number,
  dialect: BootDialect,
  limits: VerdictLimits = defaultVerdictLimits,
): BootVerdict {
  const found =
    failureOf(state, dialect) ??
    (isSettled(state, silenceMs, limits) ? signOfLife(state.run) : undefined) ??
    loopOf(state, dialect) ??
    (silenceMs < limits.silenceMs ? undecided : silenceOf(state.run, silenceMs));
  const jump = lastEvent(state.run, "jump-to-user");
  return {
    evidence: evidenceOf(state.run),
    ...found,
    ...(jump === undefined ? {} : { jump: { slot: jump.slot, offset: jump.offset } }),
  };
}

const undecided: Finding = { verdict: "undecided", code: "boot-undecided", params: {} };

function failureOf({ run }: BootState, dialect: BootDialect): Finding | undefined {
  const failure = findFailure(run, dialect);
  return failure && { verdict: "does-not-boot", ...failure };
}

function isSettled(
  { run, resets, earlierFailure }: BootState,
  silenceMs: number,
  limits: VerdictLimits,
): boolean {
  if (earlierFailure !== undefined || resets > 1) return silenceMs >= limits.recoveryMs;
  return silenceMs >= limits.settleMs || run.textSize >= TEXT_WITHOUT_PAUSE;
}

function signOfLife(run: BootRun): Finding | undefined {
  const needed = hasHandedOver(run) ? TEXT_AFTER_LOAD : TEXT_ALONE;
  if (run.firstText === undefined || run.textSize < needed || isOtherRate(run)) return undefined;
  return { verdict: "boots", code: "boots-with-output", params: { line: run.firstText } };
}

/** Words among more noise than words are noise that happens to be printable: the application prints at another rate. */
function isOtherRate(run: BootRun): boolean {
  return hasHandedOver(run) && run.garbageSize >= GARBAGE_AFTER_LOAD && run.garbageSize > run.textSize;
}

/** A run that has said nothing yet ends as the ones before it did, until it gets further. */
function loopOf(state: BootState, dialect: BootDialect): Finding | undefined {
  const { run, resets, watchdogResets } = state;
  const failure = unresolvedFailure(state);
  if (failure !== undefined) return { verdict: "does-not-boot", ...failure };
  if (watchdogResets >= WATCHDOG_LOOP) {
    return { verdict: "does-not-boot", code: "boot-watchdog-loop", params: { count: watchdogResets } };
  }
  if (resets < RESET_LOOP || run.banner === undefined) return undefined;
  const resetCause = dialect.resetCauseName(run.banner.resetCause);
  return { verdict: "does-not-boot", code: "boot-reset-loop", params: { count: resets, resetCause } };
}

function unresolvedFailure({ run, earlierFailure }: BootState): BootFailure | undefined {
  if (earlierFailure === undefined) return undefined;
  return isLoadFailure(earlierFailure) && hasHandedOver(run) ? undefined : earlierFailure;
}

function silenceOf(run: BootRun, silenceMs: number): Finding {
  const silent = (code: BootCode, params: MessageParams = {}): Finding => ({
    verdict: "silent",
    code,
    params: { ...params, silence: Math.round(silenceMs / 1000) },
  });
  if (hasHandedOver(run)) {
    if (run.garbageSize >= GARBAGE_AFTER_LOAD)
      return { verdict: "boots", code: "boots-at-other-rate", params: {} };
    const jump = lastEvent(run, "jump-to-user");
    if (jump === undefined) return silent("boot-silent-after-load");
    return silent("boot-silent-after-jump", { slot: jump.slot, offset: jump.offset });
  }
  if (run.events.length > 0) return silent("boot-silent-after-banner");
  return silent(run.garbageSize + run.textSize > 0 ? "boot-silent-unreadable" : "boot-silent");
}
