/** A socket that is memory: what was sent on it, and a client that does as it is told. @module */
import type { AgentSocket, AgentSocketListener } from "../socket.js";

/** An `AgentSocket` for tests. Texts are kept parsed; bytes as arrays of numbers. */
export class FakeSocket implements AgentSocket {
  readonly sent: unknown[] = [];
  /** Code and reason of a close, or "terminated". */
  end: readonly [number, string] | "terminated" | undefined;
  pings = 0;
  /** While set, nothing leaves: what is sent stays buffered. */
  isBlocked = false;
  bufferedBytes = 0;
  client!: AgentSocketListener;
  readonly #held: (() => void)[] = [];

  listen(listener: AgentSocketListener): void {
    this.client = listener;
  }

  send(data: string | Uint8Array, sent?: () => void): void {
    if (this.end !== undefined) return;
    this.sent.push(typeof data === "string" ? JSON.parse(data) : data);
    this.bufferedBytes += data.length;
    const leave = () => {
      this.bufferedBytes -= data.length;
      sent?.();
    };
    if (this.isBlocked) this.#held.push(leave);
    else leave();
  }

  ping(): void {
    this.pings++;
  }

  close(code: number, reason: string): void {
    if (this.end !== undefined) return;
    this.end = [code, reason];
    this.client.onClosed();
  }

  terminate(): void {
    if (this.end !== undefined) return;
    this.end = "terminated";
    this.client.onClosed();
  }

  /** Everything that was held leaves. */
  unblock(): void {
    this.isBlocked = false;
    for (const leave of this.#held.splice(0)) leave();
  }

  /** The client asks for something. */
  ask(request: unknown): void {
    this.client.onText(JSON.stringify(request));
  }

  /** What was sent since the last call; bytes as their count. */
  take(): unknown[] {
    return this.sent.splice(0).map((what) => (what instanceof Uint8Array ? what.length : what));
  }
}
