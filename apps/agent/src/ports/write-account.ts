/** Which of a client's bytes have been written. @module */
import { agentLimits } from "@flashwright/web-transport/agent-protocol";
import type { AgentSocket } from "../socket.js";

/** Counts a client's bytes in and out and says `written`, one such message under way at a time. */
export class WriteAccount {
  readonly #socket: AgentSocket;
  #receivedBytes = 0;
  #writtenBytes = 0;
  /** The count that the client was told last. */
  #toldBytes = 0;
  #frames = 0;
  #telling = false;

  constructor(socket: AgentSocket) {
    this.#socket = socket;
  }

  /** A frame came in; `false` when the client had no right to send it yet. */
  receive(byteCount: number): boolean {
    this.#receivedBytes += byteCount;
    this.#frames++;
    const unwritten = this.#receivedBytes - this.#toldBytes;
    return unwritten <= agentLimits.unwrittenBytes && this.#frames <= agentLimits.unwrittenFrames;
  }

  /** A frame is done with. */
  settle(byteCount: number): void {
    this.#writtenBytes += byteCount;
    this.#frames--;
    this.#tell();
  }

  #tell(): void {
    if (this.#telling || this.#toldBytes === this.#writtenBytes) return;
    this.#telling = true;
    this.#toldBytes = this.#writtenBytes;
    const message = { type: "written", byteCount: this.#toldBytes };
    this.#socket.send(JSON.stringify(message), () => {
      this.#telling = false;
      this.#tell();
    });
  }
}
