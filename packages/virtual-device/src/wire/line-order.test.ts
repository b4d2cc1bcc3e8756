import type { SignalStep } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { pacedTimeline } from "../clock/timeline.js";
import { createVirtualClock } from "../clock/virtual-clock.js";
import type { WireOptions } from "../virtual-board.js";
import { OutgoingLine } from "./outgoing.js";

/** What reaches the adapter's pins, with the time. */
function linesOf(wire: WireOptions, steps: readonly SignalStep[]) {
  const clock = createVirtualClock({ autoAdvance: false });
  const seen: unknown[] = [];
  const line = new OutgoingLine(pacedTimeline(clock), wire, 115_200, {
    onBytes: () => {},
    onBreak: () => {},
    onLines: ({ dtr, rts }) => void seen.push([clock.now(), dtr, rts]),
    disturb: (bytes) => ({ bytes, delayMs: 0 }),
    stall: (_, then) => then(),
  });
  line.signal(steps, () => void seen.push([clock.now(), "done"]));
  clock.advance(1000);
  return seen;
}

describe("a step that names both lines", () => {
  const steps = [{ dtr: true, rts: false, waitMs: 50 }];

  it("sets them at once", () => {
    expect(linesOf({}, steps)).toEqual([
      [0, true, false],
      [50, "done"],
    ]);
  });

  it("sets RTS and then DTR where the driver has a call for each", () => {
    expect(linesOf({ lineGapMs: 2 }, steps)).toEqual([
      [0, undefined, false],
      [2, true, undefined],
      [52, "done"],
    ]);
  });
});

it("RTS waits for the next DTR where the driver sends it only so", () => {
  const steps = [{ rts: true, waitMs: 100 }, { dtr: false }, { rts: false }];
  expect(linesOf({ rtsWithDtr: true }, steps)).toEqual([
    [100, false, true],
    [100, "done"],
  ]);
});
