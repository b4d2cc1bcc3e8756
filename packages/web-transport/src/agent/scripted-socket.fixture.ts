/** A WebSocket class whose other side is the test. @module */
import type { WebSocketLike } from "./web-socket.js";

type Listener = (event: never) => void;

/** One socket: what the client sent, and what the agent says. */
export class ScriptedSocket implements WebSocketLike {
  static newest: ScriptedSocket;
  binaryType = "blob";
  readyState = 0;
  readonly sent: unknown[] = [];
  readonly address: string;
  readonly protocols: string[];
  readonly #listeners = new Map<string, Listener>();

  constructor(address: string, protocols: string[]) {
    this.address = address;
    this.protocols = protocols;
    ScriptedSocket.newest = this;
  }

  send(data: string | Uint8Array): void {
    this.sent.push(typeof data === "string" ? JSON.parse(data) : data.length);
  }

  close(): void {
    this.end();
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, listener);
  }

  /** The agent accepts, and says something. */
  say(...messages: object[]): void {
    this.readyState = 1;
    for (const message of messages) {
      const data = message instanceof Uint8Array ? message.buffer : JSON.stringify(message);
      this.#tell("message", { data });
    }
  }

  end(message?: string): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    if (message !== undefined) this.#tell("error", { message });
    this.#tell("close", { reason: "" });
  }

  /** What was sent since the last call. */
  take(): unknown[] {
    return this.sent.splice(0);
  }

  #tell(type: string, event: object): void {
    this.#listeners.get(type)?.(event as never);
  }
}
