/** The board's bytes on their way to one client. @module */
import { agentLimits } from "@flashwright/web-transport/agent-protocol";
import type { AgentSocket } from "../socket.js";
import { BoardBuffer } from "./board-buffer.js";

/**
 * Sends what the board says as frames, as long as the client takes them; keeps what comes then, and tells the place and
 * the size of what is lost. The port itself is never held back, since a UART cannot wait.
 */
export class BoardStream {
  readonly #socket: AgentSocket;
  readonly #buffer = new BoardBuffer();
  /** Bytes in frames so far, and those of them that the client has taken. */
  #sentBytes = 0;
  #takenBytes = 0;
  #scheduled = false;
  #onDelivered: (() => void) | undefined;
  #stopped = false;

  constructor(socket: AgentSocket) {
    this.#socket = socket;
  }

  /** Takes a chunk; the array is not kept. */
  push(bytes: Uint8Array): void {
    this.#buffer.push(bytes);
    if (this.#buffer.size >= agentLimits.frameBytes) this.#flush();
    else this.#schedule();
  }

  /** The client has taken so many bytes in all; `false` when that cannot be. */
  taken(byteCount: number): boolean {
    if (byteCount < this.#takenBytes || byteCount > this.#sentBytes) return false;
    this.#takenBytes = byteCount;
    this.#schedule();
    return true;
  }

  /** Throws away what was not sent yet. */
  discard(): void {
    this.#buffer.clear();
    this.#flush();
  }

  /** Calls back once everything has been sent; nothing may be pushed any more. */
  whenDelivered(then: () => void): void {
    this.#onDelivered = then;
    this.#flush();
  }

  /** Nothing is sent from here on. */
  stop(): void {
    this.#stopped = true;
    this.#buffer.clear();
  }

  /** What comes within one turn of the event loop leaves in one frame: a slow line gives its bytes one by one. */
  #schedule(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#stopped) return;
    while (this.#socket.bufferedBytes < agentLimits.untakenBytes) {
      const window = agentLimits.untakenBytes - (this.#sentBytes - this.#takenBytes);
      const part = this.#buffer.next(Math.min(window, agentLimits.frameBytes));
      if (part === undefined) break;
      this.#send("bytes" in part ? part.bytes : part.droppedBytes);
    }
    if (!this.#buffer.isEmpty || this.#onDelivered === undefined) return;
    const then = this.#onDelivered;
    this.#onDelivered = undefined;
    then();
  }

  /** A client may claim to have taken what still waits for the network, so the socket has a say too. */
  #send(what: Uint8Array | number): void {
    const onSent = () => this.#schedule();
    if (typeof what === "number") {
      this.#socket.send(JSON.stringify({ type: "overrun", droppedBytes: what }), onSent);
      return;
    }
    this.#sentBytes += what.length;
    this.#socket.send(what, onSent);
  }
}
