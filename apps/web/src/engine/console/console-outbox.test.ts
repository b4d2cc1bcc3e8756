import { describe, expect, it } from "vitest";
import { HeldClock } from "../../../../../test/support/held-clock.js";
import type { EngineEvent } from "../engine.js";
import { ConsoleOutbox } from "./console-outbox.js";

const entry = { number: 1, at: 0, level: "normal", rows: [], offers: [] } as const;

function opened() {
  const clock = new HeldClock();
  const told: EngineEvent[] = [];
  return { clock, told, outbox: new ConsoleOutbox((event) => told.push(event), clock) };
}

describe("what a console tells", () => {
  it("goes at once where nothing went before, and then in messages 30 ms apart", () => {
    const { clock, told, outbox } = opened();
    outbox.add({ text: "a" });
    clock.advance(0);
    expect(told).toEqual([{ type: "console", text: "a", lines: [], entries: [] }]);
    for (const text of ["b", "c"]) outbox.add({ text, line: { at: 5, text } });
    clock.advance(29);
    expect(told).toHaveLength(1);
    clock.advance(1);
    expect(told[1]).toEqual({
      type: "console",
      text: "bc",
      lines: [
        { at: 5, text: "b" },
        { at: 5, text: "c" },
      ],
      entries: [],
    });
    expect(clock.pendingTimers).toBe(0);
  });

  it("tells of an entry as it is at last, of rate and firmware once, and of nothing not at all", () => {
    const { clock, told, outbox } = opened();
    outbox.add({ text: "" });
    expect(clock.pendingTimers).toBe(0);
    outbox.add({ entry: { ...entry, title: "starts" }, kind: "espruino" });
    outbox.add({ entry: { ...entry, title: "crashed" }, baudRate: 74_880 });
    outbox.flush();
    outbox.flush();
    expect(told).toEqual([
      {
        type: "console",
        text: "",
        lines: [],
        entries: [{ ...entry, title: "crashed" }],
        kind: "espruino",
        baudRate: 74_880,
      },
    ]);
    expect(clock.pendingTimers).toBe(0);
  });
});
