/** The place of the one console that may be open. @module */
import type { Transport } from "@flashwright/core";
import { Stopped } from "../../report/problem.js";
import type { ConsoleReport, ConsoleWish, EngineEvent, SendRequest, SentReport } from "../engine.js";
import { BoardConsole, type BoardConsoleParts } from "./board-console.js";
import { sendText } from "./send-text.js";

/** What opens a console beside its port. */
export type OpeningParts = Omit<BoardConsoleParts, "transport" | "tell">;

/** Opens and closes it, and passes on what is asked of it. */
export class ConsoleDesk {
  #console: BoardConsole | undefined;
  #sending: AbortController | undefined;

  constructor(readonly tell: (event: EngineEvent) => void) {}

  /** The one that was open before has lost its port's turn. */
  open(transport: Transport, parts: OpeningParts): ConsoleReport {
    const opened = new BoardConsole({ ...parts, transport, tell: (event) => this.#pass(opened, event) });
    this.#console = opened;
    const { kind } = opened;
    return { ...(kind && { kind }), canReset: transport.capabilities.lines !== "none" };
  }

  async change({ view, followsStarts }: ConsoleWish): Promise<void> {
    if (this.#console === undefined) return;
    this.#console.view = view;
    this.#console.followsStarts = followsStarts;
  }

  /** @throws FlasherError those of writing */
  async type(text: string, isSure?: boolean): Promise<string | undefined> {
    return this.#console?.type(text, isSure);
  }

  async dangerOf(text: string): Promise<string | undefined> {
    return this.#console?.dangerOf(text);
  }

  /** @throws FlasherError those of `sendText` */
  async send(request: SendRequest): Promise<SentReport> {
    if (this.#console === undefined) throw new Error("no console is open");
    const transport = this.#console.fork();
    const sending = new AbortController();
    this.#sending = sending;
    const onProgress = (done: number, count: number) => this.tell({ type: "console-sent", done, count });
    try {
      return await sendText(request, { transport, signal: sending.signal, onProgress });
    } finally {
      this.#sending = undefined;
      await transport.close();
    }
  }

  stopSending(): void {
    this.#sending?.abort(new Stopped());
  }

  /** Somebody resets the board now. */
  expectStart(): void {
    this.#console?.expectStart();
  }

  /** @throws FlasherError those of the port */
  async resetAndRead(): Promise<void> {
    if (this.#console === undefined) throw new Error("no console is open");
    await this.#console.resetAndRead();
  }

  async close(): Promise<void> {
    this.stopSending();
    await this.#console?.close();
    this.#console = undefined;
  }

  /** One whose place another has taken is not to say that it is over. */
  #pass(from: BoardConsole, event: EngineEvent): void {
    if (event.type !== "console-closed" || from === this.#console || this.#console === undefined)
      this.tell(event);
  }
}
