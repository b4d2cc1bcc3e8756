/** The port of a session whose loader has been left, for who talks to the firmware next. @module */
import type { Session, Transport } from "@flashwright/core";

/**
 * A view of the port from now on. The session goes on reading, so that the one reader that a port has stays the same; what
 * it reads is the firmware's, which no command waits for. Closing the view leaves the port open.
 */
export function consoleTransport({ connection }: Session): Transport {
  const port = connection.transport;
  const received: Uint8Array[] = [];
  let isOver = false;
  let wake = () => {};
  const end = () => {
    isOver = true;
    wake();
  };
  const stop = connection.tap((chunk) => {
    // The session may use its array again.
    received.push(chunk.slice());
    wake();
  });
  void port.closed.then(end);
  return {
    label: port.label,
    capabilities: port.capabilities,
    closed: port.closed,
    async read() {
      while (received.length === 0 && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return received.shift();
    },
    write: (bytes) => port.write(bytes),
    drain: () => port.drain(),
    async discard() {
      received.length = 0;
    },
    signal: (steps) => port.signal(steps),
    setBaudRate: (baudRate) => port.setBaudRate(baudRate),
    async close() {
      stop();
      end();
    },
    abort() {
      stop();
      end();
    },
  };
}
