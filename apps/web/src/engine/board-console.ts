/** The console of a board that runs. @module */
import { esp8266BootDialect, type Transport } from "@flashwright/core";
import { ConsoleStream } from "@flashwright/core/console";
import { browserClock } from "@flashwright/web-transport";
import { consoleText } from "../report/console-text.js";
import type { EngineEvent } from "./engine.js";

/** A line that has been silent for so long is shown as it stands. */
const IDLE_MS = 80;

/** Reads one turn of a port until it ends. */
export class BoardConsole {
  readonly #stream = new ConsoleStream({ dialect: esp8266BootDialect });
  readonly #encoder = new TextEncoder();
  #cancelIdle = () => {};

  /** @param tell takes what is to be shown; `console-closed` is the last */
  constructor(
    readonly transport: Transport,
    readonly tell: (event: EngineEvent) => void,
  ) {
    void this.#listen();
  }

  /** @throws FlasherError those of writing */
  async type(text: string): Promise<void> {
    await this.transport.write(this.#encoder.encode(text));
  }

  async close(): Promise<void> {
    await this.transport.close();
  }

  async #listen(): Promise<void> {
    for (;;) {
      const chunk = await this.transport.read().catch(() => undefined);
      if (chunk === undefined) break;
      this.#cancelIdle();
      this.#show(this.#stream.push(chunk));
      this.#cancelIdle = browserClock.setTimer(IDLE_MS, () => this.#show(this.#stream.flush()));
    }
    this.#cancelIdle();
    this.tell({ type: "console-closed" });
  }

  #show(pieces: ReturnType<ConsoleStream["push"]>): void {
    if (pieces.length === 0) return;
    const lines = pieces.flatMap((piece) => (piece.type === "line" ? [piece.line] : []));
    this.tell({ type: "console", text: pieces.map(consoleText).join(""), lines });
  }
}
