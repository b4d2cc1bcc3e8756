/** What raw TCP and RFC 2217 share: a socket that is written with back-pressure and ended politely. @module */

import type { Socket } from "node:net";
import type { ReceiveQueue } from "@flashwright/core/port";

/** How long the far end may take to end its side before the connection is dropped. */
const FAREWELL_MS = 500;

/** A connected socket whose end is reported to a queue. */
export class SocketLine {
  readonly #socket: Socket;
  readonly #gone: Promise<void>;

  /** @param onBytes gets every received chunk, in order */
  constructor(socket: Socket, received: ReceiveQueue, onBytes: (bytes: Uint8Array) => void) {
    this.#socket = socket;
    this.#gone = new Promise((resolve) => socket.once("close", () => resolve()));
    socket.on("data", onBytes);
    socket.on("end", () => received.lose("the far end closed the connection"));
    socket.on("error", (error) => received.lose(error.message));
    socket.on("close", () => received.lose("the connection is closed"));
  }

  /** Resolves when the system has taken the bytes; rejects with the socket's error. */
  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Ends the connection after all that was written, or drops it with all that was not yet sent. */
  async release({ dropUnsent }: { readonly dropUnsent: boolean }): Promise<void> {
    if (dropUnsent) this.#socket.destroy();
    else this.#endPolitely();
    await this.#gone;
  }

  /**
   * Reads on to the far end's own end: closing a socket with unread bytes makes the system reset the connection, which
   * may take back the last bytes that were sent.
   */
  #endPolitely(): void {
    this.#socket.resume();
    this.#socket.end();
    const timer = setTimeout(() => this.#socket.destroy(), FAREWELL_MS);
    void this.#gone.then(() => clearTimeout(timer));
  }
}
