/** A port of an agent under a `QueuedTransport`. @module */
import { FlasherError, type SignalStep } from "@flashwright/core";
import type { Lines, PortDriver, ReceiveQueue } from "@flashwright/core/port";
import { agentLimits, type PortMessage, type PortRequest, parseError } from "../agent-protocol/index.js";
import type { ClientSocket } from "./web-socket.js";

/** A request but for its number. */
type Request =
  Extract<PortRequest, { id: number }> extends infer R
    ? R extends { id: number }
      ? Omit<R, "id">
      : never
    : never;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The client's end of a port's WebSocket, once it is open. */
export class AgentDriver implements PortDriver {
  /** What the agent and whatever is behind it hold is theirs to know. */
  readonly bufferBytes = Number.POSITIVE_INFINITY;
  readonly #socket: ClientSocket;
  readonly #received: ReceiveQueue;
  readonly #label: string;
  readonly #onOverrun: ((droppedBytes: number) => void) | undefined;
  readonly #requests = new Map<number, Waiting>();
  #nextId = 0;
  #sentBytes = 0;
  #writtenBytes = 0;
  /** The one write that waits for `written`. */
  #writing: Waiting | undefined;
  #takenBytes = 0;
  #toldBytes = 0;
  #resolveGone!: () => void;
  readonly #gone = new Promise<void>((resolve) => {
    this.#resolveGone = resolve;
  });

  constructor(
    socket: ClientSocket,
    received: ReceiveQueue,
    label: string,
    onOverrun: ((droppedBytes: number) => void) | undefined,
  ) {
    this.#socket = socket;
    this.#received = received;
    this.#label = label;
    this.#onOverrun = onOverrun;
  }

  /** Takes a message of the agent. */
  hear(message: PortMessage): void {
    switch (message.type) {
      case "done":
        this.#settle(message.id)?.resolve();
        break;
      case "failed":
        this.#settle(message.id)?.reject(parseError(message.error));
        break;
      case "written":
        this.#writtenBytes = message.byteCount;
        this.#progress()?.resolve();
        break;
      case "overrun":
        this.#onOverrun?.(message.droppedBytes);
        break;
      case "ended":
        this.#received.lose(message.detail);
        this.#resolveGone();
        break;
    }
  }

  /** The socket is closed. */
  end(detail: string | undefined): void {
    this.#received.lose(detail);
    this.#resolveGone();
  }

  /** Resolves when the agent's system has taken all bytes; no more are sent ahead of that than the agent allows. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const room = agentLimits.unwrittenBytes - (this.#sentBytes - this.#writtenBytes);
      const frame = bytes.subarray(at, at + Math.min(room, agentLimits.frameBytes));
      if (frame.length === 0) {
        await this.#written();
        continue;
      }
      this.#socket.send(frame);
      this.#sentBytes += frame.length;
      at += frame.length;
    }
    const all = this.#sentBytes;
    while (this.#writtenBytes < all) await this.#written();
  }

  drain(): Promise<void> {
    return this.#ask({ do: "drain" });
  }

  setLines(lines: Lines): Promise<void> {
    return this.#ask({ do: "signal", steps: [{ ...lines }] });
  }

  /** A sequence goes whole, as far as one request may hold it. */
  async signal(steps: readonly SignalStep[]): Promise<void> {
    for (const part of inRequests(steps)) await this.#ask({ do: "signal", steps: part });
  }

  async setBaudRate(baudRate: number): Promise<void> {
    const { min, max } = agentLimits.baudRate;
    if (baudRate < min || baudRate > max)
      throw new FlasherError("port-baud-refused", { label: this.#label, baudRate });
    await this.#ask({ do: "baud", baudRate });
  }

  discard(): Promise<void> {
    return this.#ask({ do: "discard" });
  }

  /** The agent sends no more than what may be untaken, so there is nothing to stop. */
  pause(): void {}

  resume(): void {}

  taken(byteCount: number): void {
    this.#takenBytes += byteCount;
    if (this.#takenBytes - this.#toldBytes < agentLimits.untakenBytes / 4) return;
    this.#toldBytes = this.#takenBytes;
    this.#send({ do: "taken", byteCount: this.#takenBytes });
  }

  async release({ dropUnsent }: { readonly dropUnsent: boolean }): Promise<void> {
    if (!dropUnsent) {
      this.#send({ do: "close" });
      await this.#gone;
    }
    this.#socket.close();
  }

  #ask(request: Request): Promise<void> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#requests.set(id, { resolve, reject });
      this.#send({ id, ...request });
    });
  }

  #written(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#writing = { resolve, reject };
    });
  }

  /** Whoever waits for the answer to that request; a failure without a number is a write's. */
  #settle(id: number | undefined): Waiting | undefined {
    if (id === undefined) return this.#progress();
    const waiting = this.#requests.get(id);
    this.#requests.delete(id);
    return waiting;
  }

  #progress(): Waiting | undefined {
    const waiting = this.#writing;
    this.#writing = undefined;
    return waiting;
  }

  #send(request: PortRequest): void {
    this.#socket.send(JSON.stringify(request));
  }
}

/** Steps in as few requests as the limits allow. */
function inRequests(steps: readonly SignalStep[]): SignalStep[][] {
  const parts: SignalStep[][] = [];
  let waitsMs = 0;
  for (const step of steps) {
    const part = parts.at(-1);
    waitsMs += step.waitMs ?? 0;
    const fits =
      part !== undefined && part.length < agentLimits.signalSteps && waitsMs <= agentLimits.signalMs;
    if (fits) part.push(step);
    else {
      parts.push([step]);
      waitsMs = step.waitMs ?? 0;
    }
  }
  return parts;
}
