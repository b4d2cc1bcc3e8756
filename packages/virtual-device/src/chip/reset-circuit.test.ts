import { describe, expect, it } from "vitest";
import { pacedTimeline } from "../clock/timeline.js";
import { createVirtualClock } from "../clock/virtual-clock.js";
import { ResetCircuit, type Wiring, wiredLines } from "./reset-circuit.js";

/** A circuit on a stopped clock, and a record of EN with GPIO0 as it is read at the rise. */
function bench(wiring: Wiring, capacitorMs = 5) {
  const clock = createVirtualClock({ autoAdvance: false });
  const events: string[] = [];
  const circuit: ResetCircuit = new ResetCircuit(wiring, capacitorMs, pacedTimeline(clock), {
    onReset: () => void events.push("reset"),
    onRelease: () => void events.push(circuit.gpio0Low ? "download" : "flash"),
  });
  const set = (dtr: boolean, rts: boolean) => circuit.setLines({ dtr, rts });
  return { clock, events, circuit, set };
}

describe("two cross-coupled transistors", () => {
  it("follow the truth table", () => {
    const { circuit, set } = bench("auto-reset");
    const table = [
      [false, false],
      [true, true],
      [true, false],
      [false, true],
    ].map(([dtr, rts]) => {
      set(dtr!, rts!);
      return [dtr, rts, circuit.gpio0Low, circuit.released];
    });
    expect(table).toEqual([
      [false, false, false, true],
      [true, true, false, true],
      [true, false, true, true],
      [false, true, false, false],
    ]);
  });

  it("start the loader when the second line follows before EN has risen", () => {
    const { clock, events, set } = bench("auto-reset");
    set(false, true);
    clock.advance(100);
    set(true, true);
    clock.advance(2);
    set(true, false);
    clock.advance(50);
    expect(events).toEqual(["reset", "download"]);
  });

  it("start the firmware when the second line comes too late", () => {
    const { clock, events, set } = bench("auto-reset");
    set(false, true);
    clock.advance(100);
    set(true, true);
    clock.advance(6);
    set(true, false);
    clock.advance(50);
    expect(events).toEqual(["reset", "flash"]);
  });

  it("miss the loader without a capacitor unless both lines change at once", () => {
    const one = bench("auto-reset", 0);
    one.set(false, true);
    one.set(true, true);
    one.set(true, false);
    expect(one.events).toEqual(["reset", "flash"]);
    const both = bench("auto-reset", 0);
    both.set(false, true);
    both.set(true, false);
    expect(both.events).toEqual(["reset", "download"]);
  });

  it("begin to wait anew when reset is pulled again", () => {
    const { clock, events, set } = bench("auto-reset");
    set(false, true);
    set(false, false);
    clock.advance(4);
    set(false, true);
    set(false, false);
    clock.advance(4);
    expect(events).toEqual(["reset"]);
    clock.advance(1);
    expect(events).toEqual(["reset", "flash"]);
  });
});

describe("other wirings", () => {
  const enterLoader = (wiring: Wiring, steps: [boolean, boolean][]) => {
    const { clock, events, set } = bench(wiring, 0);
    for (const [dtr, rts] of steps) {
      set(dtr, rts);
      clock.advance(100);
    }
    return events;
  };

  it("direct: DTR is GPIO0, RTS is reset", () => {
    expect(
      enterLoader("direct", [
        [true, true],
        [true, false],
      ]),
    ).toEqual(["reset", "download"]);
  });

  it("swapped: RTS is GPIO0, DTR is reset", () => {
    expect(
      enterLoader("swapped", [
        [true, true],
        [false, true],
      ]),
    ).toEqual(["reset", "download"]);
  });

  it("rts-only: resets, always into the firmware", () => {
    expect(
      enterLoader("rts-only", [
        [true, true],
        [true, false],
      ]),
    ).toEqual(["reset", "flash"]);
  });

  it("inverted: every value means its opposite", () => {
    expect(
      enterLoader("inverted", [
        [true, false],
        [false, true],
      ]),
    ).toEqual(["reset", "download"]);
  });

  it("inverted-direct: held in reset until RTS is asserted", () => {
    const { circuit } = bench("inverted-direct", 0);
    expect(circuit.released).toBe(false);
    expect(
      enterLoader("inverted-direct", [
        [false, true],
        [true, true],
      ]),
    ).toEqual(["download"]);
  });

  it("flow-control: every release of DTR resets", () => {
    expect(
      enterLoader("flow-control", [
        [false, true],
        [true, false],
        [false, false],
      ]),
    ).toEqual(["reset", "download", "reset", "flash"]);
  });

  it("none: nothing happens", () => {
    expect(
      enterLoader("none", [
        [true, true],
        [true, false],
        [false, true],
      ]),
    ).toEqual([]);
  });

  it("say what lines reach the chip", () => {
    expect([wiredLines("auto-reset"), wiredLines("rts-only"), wiredLines("none")]).toEqual([
      "dtr-rts",
      "rts",
      "none",
    ]);
  });
});

describe("buttons", () => {
  it("hold reset and GPIO0 beside the lines", () => {
    const { circuit, events } = bench("none", 0);
    circuit.setButton("flash", true);
    circuit.setButton("reset", true);
    circuit.setButton("reset", false);
    expect(events).toEqual(["reset", "download"]);
    circuit.setButton("flash", false);
    expect(circuit.gpio0Low).toBe(false);
  });
});
