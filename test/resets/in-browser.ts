/** A port as Web Serial has it, over any other. @module */
import type { SignalStep, Transport } from "@flashwright/core";

/** Milliseconds between two lines. */
const GAP_MS = 2;

/** The lines as Web Serial's transport sets them: one after the other, DTR first where it is asserted, else RTS. */
export function oneByOne(transport: Transport): Transport {
  const split = ({ dtr, rts, waitMs = 0 }: SignalStep): SignalStep[] => {
    if (dtr === undefined || rts === undefined) return [{ dtr, rts, waitMs } as SignalStep];
    const [first, second] = dtr ? [{ dtr }, { rts }] : [{ rts }, { dtr }];
    return [
      { ...first, waitMs: GAP_MS },
      { ...second, waitMs },
    ];
  };
  return new Proxy(transport, {
    get(target, name) {
      if (name === "capabilities") return { ...target.capabilities, linesOneByOne: true };
      if (name === "signal") return (steps: readonly SignalStep[]) => target.signal(steps.flatMap(split));
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
