/**
 * The log since the last reset, folded: what the verdict needs, and no more however long the log gets.
 *
 * @module
 */
import type { BootDialect } from "./boot-dialect.js";
import type { BootEvent, BootEventOf, BootFact } from "./boot-event.js";
import { type BootFailure, findFailure, isPassing } from "./failure.js";

/** One run of the chip, from its banner on. */
export interface BootRun {
  readonly banner: BootEventOf<"rom-banner"> | undefined;
  /** All events that are neither text nor garbage; of very many the first and the latest. */
  readonly events: readonly BootEvent[];
  /** The first readable line of the application. */
  readonly firstText: string | undefined;
  /** Characters of all its readable lines. */
  readonly textSize: number;
  /** Unreadable bytes since the image was loaded, or since the start when none was. */
  readonly garbageSize: number;
}

/** All that is kept of a log. */
export interface BootState {
  readonly run: BootRun;
  /** Banners seen. */
  readonly resets: number;
  readonly watchdogResets: number;
  /** The latest failure of an earlier run that another reset does not cure by itself. */
  readonly earlierFailure: BootFailure | undefined;
}

/** A sound log has about 20; a hostile one has no end. */
const MAX_EVENTS = 100;

const emptyRun: BootRun = {
  banner: undefined,
  events: [],
  firstText: undefined,
  textSize: 0,
  garbageSize: 0,
};

/** Before the first event. */
export const initialBootState: BootState = {
  run: emptyRun,
  resets: 0,
  watchdogResets: 0,
  earlierFailure: undefined,
};

/** The state after one more event. */
export function foldBoot(state: BootState, event: BootEvent, dialect: BootDialect): BootState {
  if (event.type === "rom-banner") return startRun(state, event, dialect);
  const run = extendRun(state.run, event);
  if (event.type !== "watchdog-reset" || isWatchdogRun(state.run, dialect)) return { ...state, run };
  return { ...state, run, watchdogResets: state.watchdogResets + 1 };
}

/** Whether the image was loaded, so that what follows is no longer the boot ROM's. */
export function hasHandedOver(run: BootRun): boolean {
  return ["image-checksum", "second-boot", "jump-to-user"].some((type) =>
    run.events.some((event) => event.type === type),
  );
}

/** The last event of a kind in the run. */
export function lastEvent<Type extends BootFact["type"]>(
  run: BootRun,
  type: Type,
): BootEventOf<Type> | undefined {
  return run.events.filter((event): event is BootEventOf<Type> => event.type === type).at(-1);
}

function startRun(state: BootState, banner: BootEventOf<"rom-banner">, dialect: BootDialect): BootState {
  const failure = findFailure(state.run, dialect);
  const byWatchdog = dialect.isWatchdogCause(banner.resetCause);
  return {
    run: { ...emptyRun, banner, events: [banner] },
    resets: state.resets + 1,
    watchdogResets: state.watchdogResets + (byWatchdog ? 1 : 0),
    earlierFailure: failure === undefined ? state.earlierFailure : isPassing(failure) ? undefined : failure,
  };
}

function extendRun(run: BootRun, event: BootEvent): BootRun {
  if (event.type === "text") {
    return { ...run, firstText: run.firstText ?? event.line, textSize: run.textSize + event.line.length };
  }
  if (event.type === "garbage") return { ...run, garbageSize: run.garbageSize + event.byteCount };
  const isEndOfLoad = event.type === "image-checksum" || event.type === "jump-to-user";
  const garbageSize = isEndOfLoad ? 0 : run.garbageSize;
  return { ...run, garbageSize, events: [...makeRoom(run.events), event] };
}

/** Drops from the middle: the start says how the chip was booted, the end how it went. */
function makeRoom(events: readonly BootEvent[]): readonly BootEvent[] {
  if (events.length < MAX_EVENTS) return events;
  return events.filter((_, index) => index !== MAX_EVENTS / 2);
}

/** The ROM repeats in words what its banner says in a number; that is one watchdog reset, not two. */
function isWatchdogRun(run: BootRun, dialect: BootDialect): boolean {
  return run.banner !== undefined && dialect.isWatchdogCause(run.banner.resetCause);
}
