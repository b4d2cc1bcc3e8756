/** A line sequence on a port that may have fewer lines. @module */
import type { SignalStep, TransportCapabilities } from "../../transport.js";

/** The steps without the lines that a port has not; their waits stay. */
export function stepsFor(
  lines: TransportCapabilities["lines"],
  steps: readonly SignalStep[],
): readonly SignalStep[] {
  if (lines === "dtr-rts") return steps;
  return steps
    .filter((step) => step.rts !== undefined || step.waitMs !== undefined)
    .map(({ rts, waitMs }) => ({
      ...(rts === undefined ? {} : { rts }),
      ...(waitMs === undefined ? {} : { waitMs }),
    }));
}
