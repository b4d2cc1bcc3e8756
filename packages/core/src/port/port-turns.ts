/**
 * One port for one conversation after the other.
 *
 * @module
 */
import type { Transport, TransportEnd } from "../transport.js";
import { ForkedTransport } from "./forked-transport.js";

/** Lends a port. */
export interface PortTurns {
  /**
   * The port for the next conversation. The one before ends: its reads resolve `undefined`, and what arrives goes to the
   * new one. Closing a turn ends it and leaves the port open.
   */
  next(): Transport;
}

/** A conversation reads until its transport ends, so each check gets a transport of its own over the same open port. */
export function createPortTurns(port: Transport): PortTurns {
  let current: Turn | undefined;
  let over: TransportEnd | undefined;
  void pump();

  async function pump(): Promise<void> {
    for (;;) {
      const bytes = await port.read().catch(() => undefined);
      if (bytes === undefined) break;
      current?.receive(bytes);
    }
    over = await port.closed;
    current?.end(over);
  }

  return {
    next() {
      current?.end({ reason: "closed" });
      current = new Turn(port);
      if (over !== undefined) current.end(over);
      return current;
    },
  };
}

/** Whoever has the turn has the port as a whole. */
class Turn extends ForkedTransport {
  override async discard(): Promise<void> {
    await this.port.discard();
    await super.discard();
  }
}
