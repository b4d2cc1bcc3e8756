/** A virtual board that notes what the host does to its wire. @module */
import type { SignalStep, Transport } from "@flashwright/core";
import type { VirtualBoard } from "@flashwright/virtual-device";
import type { OpenTransport } from "@flashwright/virtual-device/node";

/** What came down the wire besides bytes, in its order. */
export class WireLog {
  /** "dtr=1 rts=0" with what was named only: "rts=0". */
  readonly lines: string[] = [];
  readonly rates: number[] = [];

  forget(): void {
    this.lines.length = 0;
    this.rates.length = 0;
  }
}

/** Opens the board's own connection each time, as an adapter on the same board does, and notes lines and rates. */
export function watched(board: VirtualBoard, log: WireLog): OpenTransport {
  return () => {
    const transport = board.reconnect();
    return new Proxy(transport, {
      get(target, name) {
        if (name === "signal") return (steps: readonly SignalStep[]) => note(target, steps, log);
        if (name === "setBaudRate") {
          return (rate: number) => {
            if (log.rates.at(-1) !== rate) log.rates.push(rate);
            return target.setBaudRate(rate);
          };
        }
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  };
}

function note(transport: Transport, steps: readonly SignalStep[], log: WireLog): Promise<void> {
  for (const { dtr, rts } of steps) {
    const words = [
      dtr === undefined ? [] : [`dtr=${Number(dtr)}`],
      rts === undefined ? [] : [`rts=${Number(rts)}`],
    ];
    log.lines.push(words.flat().join(" "));
  }
  return transport.signal(steps);
}
