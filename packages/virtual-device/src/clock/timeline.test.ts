import { describe, expect, it } from "vitest";
import { pacedTimeline, UnlimitedTimeline } from "./timeline.js";
import { createVirtualClock } from "./virtual-clock.js";

describe("unlimited time", () => {
  it("passes in order when it is skipped, and never by itself", () => {
    const timeline = new UnlimitedTimeline(createVirtualClock({ autoAdvance: false }));
    const seen: [string, number][] = [];
    timeline.after(5, () => void seen.push(["five", timeline.now()]));
    timeline.after(2, () => void seen.push(["two", timeline.now()]));
    timeline.after(9, () => void seen.push(["nine", timeline.now()]));
    timeline.skip(6);
    expect(seen).toEqual([
      ["two", 2],
      ["five", 5],
    ]);
    expect(timeline.now()).toBe(6);
    timeline.settle();
    expect([seen.at(-1), timeline.now()]).toEqual([["nine", 9], 9]);
  });

  it("lets what is pending happen on the host's clock at the latest", () => {
    const clock = createVirtualClock({ autoAdvance: false });
    const timeline = new UnlimitedTimeline(clock);
    let fired = 0;
    timeline.after(5, () => void fired++);
    clock.advance(4);
    expect(fired).toBe(0);
    clock.advance(1);
    expect([fired, clock.pendingTimers]).toEqual([1, 0]);
  });

  it("leaves no timer behind once the event has happened or was cancelled", () => {
    const clock = createVirtualClock({ autoAdvance: false });
    const timeline = new UnlimitedTimeline(clock);
    let fired = 0;
    timeline.after(5, () => void fired++);
    timeline.after(5, () => void fired++)();
    timeline.settle();
    expect([fired, clock.pendingTimers]).toEqual([1, 0]);
  });
});

it("paced time is the clock's", () => {
  const clock = createVirtualClock({ autoAdvance: false });
  const timeline = pacedTimeline(clock);
  let fired = 0;
  timeline.after(5, () => void fired++);
  timeline.skip(100);
  timeline.settle();
  expect([fired, timeline.now()]).toEqual([0, 0]);
  clock.advance(5);
  expect([fired, timeline.now()]).toEqual([1, 5]);
});
