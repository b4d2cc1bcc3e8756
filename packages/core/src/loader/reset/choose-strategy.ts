/**
 * Which reset strategy comes next: by the adapter first, then by what the attempts before have shown.
 *
 * @module
 */
import type { AdapterIdentity, ResetStrategy } from "../../targets/reset-strategy.js";
import type { TransportCapabilities } from "../../transport.js";
import type { Sight } from "./evidence.js";

/** Bridges with a driver of their own; on Windows all others go through usbser.sys. */
const OWN_DRIVER = new Set(["1a86", "10c4", "0403", "067b"]);
const FLOW_CONTROL_BRIDGES = new Set(["10c4:ea64"]);
/** Needed by no other adapter than theirs, and slower than the usual ones that do the same. */
const SPECIAL = new Set(["cdc", "flow-control", "rts-only"]);
/** Where the lines change one after the other anyway, these do what the classic ones do. */
const TOGETHER = new Set(["tight", "tight-long"]);
/** Shorter ones do not cover a slow reset line. */
const LONG_STRAP_MS = 500;

/** What is known before the first attempt. */
export interface ResetSituation {
  readonly lines: TransportCapabilities["lines"];
  readonly linesOneByOne?: boolean | undefined;
  readonly adapter?: AdapterIdentity | undefined;
  /** The strategy that reached the loader through this adapter the last time; tried first, and no further trusted. */
  readonly hint?: string | undefined;
}

/** The strategies that are worth trying, in order. */
export function orderStrategies(
  strategies: readonly ResetStrategy[],
  { lines, linesOneByOne, adapter, hint }: ResetSituation,
): readonly ResetStrategy[] {
  if (lines === "rts") return strategies.filter(({ circuit }) => circuit === "rts-only");
  const first = firstFor(adapter);
  const usual = strategies.filter(({ name }) => !SPECIAL.has(name) && !(linesOneByOne && TOGETHER.has(name)));
  const named = [hint, ...first].flatMap((wanted) => strategies.find(({ name }) => name === wanted) ?? []);
  return [...new Set([...named, ...usual])];
}

/** Windows' own bindings set one line after the other, so that a tight sequence would only repeat the classic one there. */
function firstFor(adapter: AdapterIdentity | undefined): readonly string[] {
  if (adapter === undefined) return [];
  const vendor = adapter.vendorId.toLowerCase();
  if (FLOW_CONTROL_BRIDGES.has(`${vendor}:${adapter.productId.toLowerCase()}`)) return ["flow-control"];
  if (adapter.platform !== "win32") return [];
  return OWN_DRIVER.has(vendor) ? ["classic", "classic-long"] : ["cdc", "classic-long"];
}

/** One attempt with a strategy. */
export interface Trial {
  readonly strategy: ResetStrategy;
  readonly sight: Sight;
}

/**
 * The strategy for the next attempt.
 * - The chip was in its loader and did not answer: it may have been held in reset behind its first line, so the others
 *   come as they stand.
 * - The firmware started: reset is wired, GPIO0 was not low in time; longer delays come first, then other circuits.
 * - Nothing was heard: reset may be on the other line, so other circuits come first.
 */
export function nextStrategy(order: readonly ResetStrategy[], trials: readonly Trial[]): ResetStrategy {
  const last = trials.at(-1);
  if (last === undefined) return order[0];
  const untried = order.filter((strategy) => !trials.some((trial) => trial.strategy === strategy));
  if (untried.length === 0) return order[trials.length % order.length];
  return untried.find((strategy) => suits(strategy, last)) ?? untried[0];
}

function suits(strategy: ResetStrategy, { strategy: tried, sight }: Trial): boolean {
  if (sight === "application") {
    const longer = strategy.circuit === tried.circuit && strategy.strapMs > tried.strapMs;
    return longer || (tried.strapMs >= LONG_STRAP_MS && strategy.circuit !== tried.circuit);
  }
  return sight === "silent" && strategy.circuit !== tried.circuit;
}
