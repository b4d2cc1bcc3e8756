/** What a console tells, gathered: a board may send a hundred times in a frame. @module */
import type { Clock } from "@flashwright/core";
import type { ConsoleKind } from "@flashwright/core/console";
import type { ConsoleEntry } from "../../report/journal.js";
import type { ConsoleEvent, EngineEvent, LoggedLine } from "../engine.js";

/** Milliseconds between two messages; an echo that comes alone is told at once. */
const BETWEEN_MS = 30;

/** Anything of a message. */
export interface OutboxPart {
  readonly text?: string;
  readonly line?: LoggedLine;
  readonly entry?: ConsoleEntry;
  readonly kind?: ConsoleKind;
  /** bit/s at which the port is read now. */
  readonly baudRate?: number;
}

/** Gathers, and tells at most every 30 ms. */
export class ConsoleOutbox {
  #text = "";
  #lines: LoggedLine[] = [];
  #entries = new Map<number, ConsoleEntry>();
  #more: Pick<ConsoleEvent, "kind" | "baudRate"> = {};
  #isEmpty = true;
  #lastAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(
    readonly tell: (event: EngineEvent) => void,
    readonly clock: Clock,
  ) {}

  add({ text = "", line, entry, kind, baudRate }: OutboxPart): void {
    if (
      text === "" &&
      line === undefined &&
      entry === undefined &&
      kind === undefined &&
      baudRate === undefined
    )
      return;
    this.#isEmpty = false;
    this.#text += text;
    if (line !== undefined) this.#lines.push(line);
    if (entry !== undefined) this.#entries.set(entry.number, entry);
    if (kind !== undefined) this.#more = { ...this.#more, kind };
    if (baudRate !== undefined) this.#more = { ...this.#more, baudRate };
    const wait = this.#lastAt + BETWEEN_MS - this.clock.now();
    this.#cancel ??= this.clock.setTimer(Math.max(0, wait), () => this.flush());
  }

  /** Tells what there is. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#isEmpty) return;
    const [text, lines, entries, more] = [this.#text, this.#lines, [...this.#entries.values()], this.#more];
    [this.#text, this.#lines, this.#entries, this.#more, this.#isEmpty] = ["", [], new Map(), {}, true];
    this.#lastAt = this.clock.now();
    this.tell({ type: "console", text, lines, entries, ...more });
  }
}
