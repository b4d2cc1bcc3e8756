/** A workaround for the native binding of serialport on Linux and macOS. @module */

const READABLE = 1;
const WRITABLE = 2;

/** The parts of the binding's poller that matter here. */
interface Poller {
  poll(events?: number): void;
  listenerCount(event: string): number;
  readonly poller: { poll(events: number): void };
}

/**
 * Makes a port of @serialport/bindings-cpp 13.0.0 wait for reading and writing at once.
 *
 * Its poller watches only for the event that was asked for last. While a write waits for room nothing is received,
 * and a read that begins to wait makes a waiting write sleep until a byte comes in: a chip that answers only after
 * the whole frame then never answers (measured on a pseudo terminal: 4 MiB stalled for good at 1.2 MB). Asking each
 * time for every event that somebody waits for mends both. A binding without such a poller is left as it is.
 */
export function watchBothDirections(port: unknown): void {
  const poller = (port as { poller?: unknown } | undefined)?.poller;
  if (!isPoller(poller)) return;
  const native = poller.poller;
  poller.poll = (events = 0) => {
    const reading = poller.listenerCount("readable") > 0 ? READABLE : 0;
    const writing = poller.listenerCount("writable") > 0 ? WRITABLE : 0;
    native.poll(events | reading | writing);
  };
}

function isPoller(value: unknown): value is Poller {
  const poller = value as Poller | undefined;
  return (
    typeof poller?.poll === "function" &&
    typeof poller.listenerCount === "function" &&
    typeof poller.poller?.poll === "function"
  );
}
