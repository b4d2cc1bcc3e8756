/** Ports as they come and go. @module */
import type { AbortSignalLike } from "@flashwright/core";
import { grantedPorts } from "./choose-port.js";
import type { WebPort } from "./describe-ports.js";
import type { WebSerial } from "./serial-api.js";

/** What has changed since the last time. */
export interface WebPortsChange {
  /** All that may be used now. */
  readonly ports: readonly WebPort[];
  /** In the first change: all. */
  readonly added: readonly WebPort[];
  readonly removed: readonly WebPort[];
}

/**
 * Yields what is there, at once, and then each change that the browser tells of, until the signal ends it. A board that
 * is plugged in again is an addition, as the `SerialPort` of before or as another one. A port that `requestPort` has
 * just been granted comes with the next change only.
 * @throws FlasherError those of `grantedPorts`
 */
export async function* watchPorts(
  serial: WebSerial,
  { signal }: { readonly signal: AbortSignalLike },
): AsyncGenerator<WebPortsChange, void, void> {
  const bell = new Bell();
  const listeners = { connect: () => bell.ring(), disconnect: () => bell.ring() };
  serial.addEventListener("connect", listeners.connect);
  serial.addEventListener("disconnect", listeners.disconnect);
  signal.addEventListener("abort", listeners.connect);
  try {
    let ports: readonly WebPort[] = [];
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      const now = await grantedPorts(serial);
      const added = without(now, ports);
      const removed = without(ports, now);
      ports = now;
      if (isFirst || added.length + removed.length > 0) yield { ports, added, removed };
      await bell.rung();
    }
  } finally {
    serial.removeEventListener("connect", listeners.connect);
    serial.removeEventListener("disconnect", listeners.disconnect);
    signal.removeEventListener("abort", listeners.connect);
  }
}

function without(all: readonly WebPort[], others: readonly WebPort[]): WebPort[] {
  return all.filter(({ port }) => !others.some((other) => other.port === port));
}

/** Remembers that it was rung until somebody has heard it. */
class Bell {
  #isRung = false;
  #hear: () => void = () => {};

  ring(): void {
    this.#isRung = true;
    this.#hear();
  }

  async rung(): Promise<void> {
    while (!this.#isRung) {
      await new Promise<void>((resolve) => {
        this.#hear = resolve;
      });
    }
    this.#isRung = false;
  }
}
