/** A port as Web Serial has it, over any other. @module */
import type { SignalStep, Transport } from "@flashwright/core";

/** Milliseconds between two lines. */
const GAP_MS = 2;

/** As a port is opened: the system raises both lines, and they are released RTS first. */
const OPENING: readonly SignalStep[] = [
  { dtr: true, rts: true, waitMs: GAP_MS },
  { rts: false, waitMs: GAP_MS },
  { dtr: false },
];

/**
 * A port as Web Serial has it: lines one after the other, DTR first where it is asserted, else RTS; opened again for every
 * other rate.
 */
export function asInBrowser(transport: Transport): Transport {
  const capabilities = { ...transport.capabilities, linesOneByOne: true, reopensForRate: true };
  let baudRate = 115_200;
  const split = ({ dtr, rts, waitMs = 0 }: SignalStep): SignalStep[] => {
    if (dtr === undefined || rts === undefined) return [{ dtr, rts, waitMs } as SignalStep];
    const [first, second] = dtr ? [{ dtr }, { rts }] : [{ rts }, { dtr }];
    return [
      { ...first, waitMs: GAP_MS },
      { ...second, waitMs },
    ];
  };
  const setBaudRate = async (rate: number) => {
    if (rate === baudRate) return;
    baudRate = rate;
    await transport.signal(OPENING);
    await transport.setBaudRate(rate);
  };
  const signal = (steps: readonly SignalStep[]) => transport.signal(steps.flatMap(split));
  return new Proxy(transport, {
    get(target, name) {
      const own = { capabilities, setBaudRate, signal };
      if (name in own) return own[name as keyof typeof own];
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
