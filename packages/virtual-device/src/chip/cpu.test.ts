import { describe, expect, it } from "vitest";
import { pacedTimeline, UnlimitedTimeline } from "../clock/timeline.js";
import { createVirtualClock } from "../clock/virtual-clock.js";
import { Cpu, CpuException, type Program } from "./cpu.js";

const unlimited = (onThrow: (error: unknown) => Program | undefined = () => undefined) =>
  new Cpu(new UnlimitedTimeline(createVirtualClock({ autoAdvance: false })), onThrow);

describe("the processor", () => {
  it("runs on until the program sleeps, and again when it is woken", () => {
    const cpu = unlimited();
    const seen: string[] = [];
    function* program(): Program {
      seen.push("start");
      yield 1000;
      seen.push("worked");
      yield undefined;
      seen.push("woken");
      return undefined;
    }
    cpu.start(program());
    expect([...seen, cpu.idle]).toEqual(["start", "worked", true]);
    cpu.wake();
    expect(seen.at(-1)).toBe("woken");
  });

  it("does not lose a wake-up that comes while it works", () => {
    const cpu = unlimited();
    let rounds = 0;
    function* program(): Program {
      while (rounds < 3) {
        rounds++;
        if (rounds === 1) cpu.wake();
        yield undefined;
      }
      return undefined;
    }
    cpu.start(program());
    expect(rounds).toBe(2);
  });

  it("goes on with the program that one returns", () => {
    const cpu = unlimited();
    const seen: string[] = [];
    function* second(): Program {
      seen.push("second");
      yield undefined;
      return undefined;
    }
    function* first(): Program {
      yield 1;
      seen.push("first");
      return second();
    }
    cpu.start(first());
    expect(seen).toEqual(["first", "second"]);
  });

  it("drops a program that is replaced from inside itself", () => {
    const cpu = unlimited();
    const seen: string[] = [];
    function* other(): Program {
      seen.push("other");
      yield undefined;
      return undefined;
    }
    function* program(): Program {
      cpu.start(other());
      seen.push("until its next yield");
      yield undefined;
      seen.push("never");
      return undefined;
    }
    cpu.start(program());
    cpu.wake();
    expect(seen).toEqual(["until its next yield", "other"]);
  });

  it("hands an exception over and goes on with what it is told to", () => {
    const seen: unknown[] = [];
    function* last(): Program {
      seen.push("last");
      yield undefined;
      return undefined;
    }
    const cpu = unlimited((error) => {
      seen.push(error);
      return last();
    });
    // biome-ignore lint/correctness/useYield: it throws before it could
    function* program(): Program {
      throw new CpuException(28, 4);
    }
    cpu.start(program());
    expect(seen).toEqual([new CpuException(28, 4), "last"]);
  });

  it("works for as long as the program says when time passes", () => {
    const clock = createVirtualClock({ autoAdvance: false });
    const cpu = new Cpu(pacedTimeline(clock), () => undefined);
    const seen: number[] = [];
    function* program(): Program {
      for (let i = 0; i < 3; i++) {
        yield 0.25;
        seen.push(cpu.time);
      }
      return undefined;
    }
    cpu.start(program());
    clock.advance(0.5);
    expect(seen).toEqual([0.25, 0.5]);
    cpu.start(undefined);
    clock.advance(10);
    expect([seen.length, clock.pendingTimers]).toEqual([2, 0]);
  });
});
