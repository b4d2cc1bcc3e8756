/** A board on which another program prints, whatever else is asked of it. @module */
import type { Clock, Transport } from "@flashwright/core";

/** Milliseconds without a byte after which the board is between two texts: it prints one after the other. */
const BETWEEN_MS = 12;

/**
 * The same transport with text of another program between what comes; never within it.
 * @param everyMs milliseconds between two of these texts; they begin at once and end with the transport
 */
export function chattyTransport(
  transport: Transport,
  clock: Clock,
  text: string,
  everyMs: number,
): Transport {
  const chunks: (Uint8Array | undefined)[] = [];
  let wake = () => {};
  let cancel = () => {};
  const push = (chunk: Uint8Array | undefined) => {
    chunks.push(chunk);
    wake();
  };
  let heardAt = Number.NEGATIVE_INFINITY;
  const chat = () => {
    if (clock.now() - heardAt >= BETWEEN_MS) push(Buffer.from(text, "latin1"));
    cancel = clock.setTimer(everyMs, chat);
  };
  const readAll = async () => {
    for (;;) {
      const chunk = await transport.read();
      heardAt = clock.now();
      push(chunk);
      if (chunk === undefined) break;
    }
    cancel();
  };
  chat();
  void readAll();
  return {
    label: transport.label,
    capabilities: transport.capabilities,
    closed: transport.closed,
    async read() {
      while (chunks.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return chunks.shift();
    },
    write: (bytes) => transport.write(bytes),
    drain: () => transport.drain(),
    discard: () => transport.discard(),
    signal: (steps) => transport.signal(steps),
    setBaudRate: (rate) => transport.setBaudRate(rate),
    close: () => transport.close(),
    abort: () => transport.abort(),
  };
}
