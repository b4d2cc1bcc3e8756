/** For tests of the console: what runs on the board, who types, and ports that misbehave. @module */
import type { Transport } from "@flashwright/core";
import { espruinoChip, madeSdkBoot } from "../../../../test/support/made-firmware.js";
import type { Keyboard } from "../world.js";
import { user1Of } from "./espruino.fixture.js";

export const bytes = (text: string) => new TextEncoder().encode(text);

/** A flash that starts Espruino. */
export function espruino(version = "2v09", bootCode?: string): Uint8Array {
  const build = "ESP8266_4MB";
  return espruinoChip({
    build,
    version,
    user1: user1Of(build, version),
    boot: madeSdkBoot("1.6", { sizeFreq: 0x6f, runs: true }),
    sizeFreq: 0x6f,
    chipSize: 0x400000,
    ran: true,
    ...(bootCode === undefined ? {} : { saved: { bootCode } }),
  });
}

/** Lets time pass until something has come true. */
export async function until(isTrue: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000 && !isTrue(); turn++) await new Promise(setImmediate);
}

/** A person or a pipe, and what they wait for before they go on; a pipe ends then. */
export function keyboard(isTTY: boolean, ...typed: (string | (() => Promise<void>))[]): () => Keyboard {
  return () => {
    const waiting = [...typed];
    let close = () => {};
    const closed = new Promise<undefined>((resolve) => {
      close = () => resolve(undefined);
    });
    return {
      isTTY,
      close,
      async read() {
        for (;;) {
          const next = waiting.shift();
          if (next === undefined) return isTTY ? closed : undefined;
          if (typeof next === "string") return bytes(next);
          await next();
        }
      },
    };
  };
}

/** A transport whose parts can be replaced. */
export function bound(port: Transport): Transport {
  return {
    label: port.label,
    capabilities: port.capabilities,
    closed: port.closed,
    read: () => port.read(),
    write: (chunk) => port.write(chunk),
    drain: () => port.drain(),
    discard: () => port.discard(),
    signal: (steps) => port.signal(steps),
    setBaudRate: (rate) => port.setBaudRate(rate),
    close: () => port.close(),
    abort: () => port.abort(),
  };
}
