/** What is going on, folded from the engine's events. Pure: time comes with the events. @module */
import type { EngineEvent, Hands, Operation, Stretch, Told } from "../engine/engine.js";

/** What the engine is doing. */
export type Phase =
  | { readonly kind: "idle" }
  | {
      readonly kind: "connecting";
      readonly attempt: number;
      readonly baudRate: number;
      readonly reset: string;
    }
  | {
      readonly kind: "downloading";
      readonly name: string;
      readonly doneBytes: number;
      readonly totalBytes?: number;
    }
  | { readonly kind: "buttons"; readonly hands: Hands; readonly title: string; readonly text: string }
  /** The board is gone and waited for. */
  | { readonly kind: "away"; readonly title: string; readonly text: string }
  | { readonly kind: "connected" }
  | { readonly kind: "looking"; readonly depth: "quick" | "deep" | "compare" }
  | {
      readonly kind: "working";
      readonly operation: Operation;
      readonly region: Stretch;
      readonly doneBytes: number;
    }
  | { readonly kind: "starting" };

/** How far one region of the plan is. */
export type RegionStage = "waiting" | "writing" | "written" | "verifying" | "verified";

/** A region that the plan writes. */
export interface RegionWork {
  readonly region: Stretch;
  readonly stage: RegionStage;
  readonly doneBytes: number;
}

/** The work of a plan. All sizes in bytes of flash. */
export interface RunState {
  readonly regions: readonly RegionWork[];
  readonly totalBytes: number;
  /** When writing began, in milliseconds; `undefined` before, and once more after the board was gone. */
  readonly writingSince: number | undefined;
  /** How much was written by then. */
  readonly bytesBefore: number;
  readonly lastAt: number;
}

/** All that is shown of the work. */
export interface WorkState {
  readonly phase: Phase;
  readonly run: RunState | undefined;
  readonly notes: readonly string[];
  readonly bootLines: readonly string[];
}

/** Nothing is going on. @param run of a plan that was made and is not over */
export function idleWork(run?: RunState): WorkState {
  return { phase: { kind: "idle" }, run, notes: [], bootLines: [] };
}

/** Lines of a board that never stops; more than anybody reads. */
const MOST_LINES = 400;

/** The state after one more event. */
export function foldWork(state: WorkState, { at, event }: Told): WorkState {
  switch (event.type) {
    case "connecting":
      return { ...state, phase: { ...event, kind: "connecting" }, run: state.run && atRest(state.run) };
    case "downloading": {
      const { type: kind, ...progress } = event;
      return { ...state, phase: { kind, ...progress } };
    }
    case "buttons-needed":
      return {
        ...state,
        phase: { kind: "buttons", hands: event.hands, title: event.title, text: event.text },
      };
    case "away": {
      const { title, text } = event;
      return { ...state, phase: { kind: "away", title, text } };
    }
    case "connected":
      return { ...state, phase: { kind: "connected" } };
    case "looking":
      return { ...state, phase: { kind: "looking", depth: event.depth } };
    case "planned":
      return { ...state, run: runOf(event.writes, at) };
    case "started":
    case "progress":
    case "finished":
      return foldRegion(state, event, at);
    case "note":
    case "warning":
      return { ...state, notes: [...state.notes, event.text].slice(-MOST_LINES) };
    case "boot":
      return {
        ...state,
        phase: { kind: "starting" },
        bootLines: [...state.bootLines, event.line].slice(-MOST_LINES),
      };
    case "console":
    case "console-sent":
    case "console-closed":
      return state;
    case "starting":
      return { ...state, phase: { kind: "starting" } };
  }
}

/** Bytes of flash that were written, and of how many. */
export function writtenBytes({ regions }: RunState): number {
  return regions.reduce((sum, { doneBytes }) => sum + doneBytes, 0);
}

/** Bytes of flash in a second; `undefined` before there is enough to tell. */
export function rateOf(run: RunState): number | undefined {
  if (run.writingSince === undefined) return undefined;
  const elapsed = run.lastAt - run.writingSince;
  const written = writtenBytes(run) - run.bytesBefore;
  return elapsed < 500 || written <= 0 ? undefined : (written / elapsed) * 1000;
}

/** Seconds until all is written at that rate. */
export function secondsLeft(run: RunState): number | undefined {
  const rate = rateOf(run);
  return rate === undefined ? undefined : (run.totalBytes - writtenBytes(run)) / rate;
}

function runOf(writes: readonly Stretch[], at: number): RunState {
  return {
    regions: writes.map((region) => ({ region, stage: "waiting", doneBytes: 0 })),
    totalBytes: writes.reduce((sum, { size }) => sum + size, 0),
    writingSince: undefined,
    bytesBefore: 0,
    lastAt: at,
  };
}

/** Nothing is written while the board is connected to again, and that is no slowness of the line. */
function atRest(run: RunState): RunState {
  return { ...run, writingSince: undefined, bytesBefore: writtenBytes(run) };
}

type WorkEvent = Extract<EngineEvent, { type: "started" | "progress" | "finished" }>;

function foldRegion(state: WorkState, event: WorkEvent, at: number): WorkState {
  const { operation, region } = event;
  const doneBytes = event.type === "progress" ? event.doneBytes : event.type === "finished" ? region.size : 0;
  const phase: Phase = { kind: "working", operation, region, doneBytes };
  const isOfPlan = operation === "write" || operation === "verify";
  if (state.run === undefined || !isOfPlan) return { ...state, phase };
  const { run } = state;
  const writingSince = run.writingSince ?? (operation === "write" ? at : undefined);
  const regions = run.regions.map((work) =>
    isWithin(region, work.region) ? { ...work, ...after(event, operation, doneBytes, work.region) } : work,
  );
  return {
    ...state,
    phase,
    run: { ...run, regions, writingSince, lastAt: operation === "write" ? at : run.lastAt },
  };
}

/** Of a part, which is what was missing after the board was gone, everything before it is right already. */
function after(
  { type, region }: WorkEvent,
  operation: Operation,
  doneBytes: number,
  whole: Stretch,
): Pick<RegionWork, "stage" | "doneBytes"> {
  const isOver = type === "finished";
  if (operation === "verify") return { stage: isOver ? "verified" : "verifying", doneBytes: whole.size };
  const done = region.offset - whole.offset + doneBytes;
  return { stage: isOver && done === whole.size ? "written" : "writing", doneBytes: done };
}

function isWithin(part: Stretch, whole: Stretch): boolean {
  return part.offset >= whole.offset && part.offset + part.size <= whole.offset + whole.size;
}
