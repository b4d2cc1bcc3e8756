import { describe, expect, it } from "vitest";
import type { Transport } from "../transport.js";
import { createPortTurns } from "./port-turns.js";

/** A port that delivers what the test pushes. */
function openPort() {
  const waiting: ((bytes: Uint8Array | undefined) => void)[] = [];
  let closes = 0;
  const port: Transport = {
    label: "a port",
    capabilities: { lines: "dtr-rts", baudRate: "any" },
    closed: Promise.resolve({ reason: "lost" }),
    read: () => new Promise((resolve) => waiting.push(resolve)),
    write: async () => {},
    drain: async () => {},
    discard: async () => {},
    signal: async () => {},
    setBaudRate: async () => {},
    close: async () => {
      closes++;
    },
    abort: () => {},
  };
  return {
    port,
    closes: () => closes,
    async push(...bytes: number[]) {
      waiting.shift()?.(Uint8Array.from(bytes));
      await Promise.resolve();
    },
    end: () => waiting.shift()?.(undefined),
  };
}

describe("turns of one port", () => {
  it("end a conversation when the next one begins, which gets what arrives from then on", async () => {
    const { port, push } = openPort();
    const turns = createPortTurns(port);
    const first = turns.next();
    await push(1);
    expect(await first.read()).toEqual(Uint8Array.of(1));
    const pending = first.read();
    const second = turns.next();
    expect(await pending).toBeUndefined();
    await push(2);
    expect(await second.read()).toEqual(Uint8Array.of(2));
    expect(await first.closed).toEqual({ reason: "closed" });
  });

  it("leave the port open when a conversation closes", async () => {
    const { port, closes } = openPort();
    await createPortTurns(port).next().close();
    expect(closes()).toBe(0);
  });

  it("end with the port", async () => {
    const { port, end } = openPort();
    const turn = createPortTurns(port).next();
    end();
    expect(await turn.read()).toBeUndefined();
    expect(await turn.closed).toEqual({ reason: "lost" });
  });
});
