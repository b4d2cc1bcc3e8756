/** The console of a board that runs: what it says, what is typed, and what happens on it. @module */
import { esp8266BootDialect, formatStatement, type Transport } from "@flashwright/core";
import {
  BOOT_RATES,
  BootRate,
  type ConsoleKind,
  type ConsolePiece,
  ConsoleStream,
  consoleKindOfLine,
  Journal,
  type JournalEntry,
} from "@flashwright/core/console";
import { ForkedTransport } from "@flashwright/core/port";
import { browserClock } from "@flashwright/web-transport";
import { journalReport } from "../../report/journal.js";
import type { ConsoleWish, EngineEvent } from "../engine.js";
import { ConsoleOutbox } from "./console-outbox.js";
import { ConsoleWriter } from "./console-writer.js";
import type { Running } from "./running.js";
import { SavingGuard } from "./saving-guard.js";
import { type OutputView, TerminalOutput } from "./terminal-output.js";

/** A line that has been silent for so long is shown as it stands. */
const IDLE_MS = 80;
/** A board that somebody resets has said its boot messages by then. */
const EXPECTED_MS = 2000;

/** What a console works with. */
export interface BoardConsoleParts {
  readonly transport: Transport;
  readonly wish: ConsoleWish;
  readonly running: Running;
  /** Resets the board, as this port does it. */
  readonly reset: () => Promise<void>;
  /** Takes what is to be shown; `console-closed` is the last. */
  readonly tell: (event: EngineEvent) => void;
}

/** Reads one turn of a port until it ends. */
export class BoardConsole {
  readonly #parts: BoardConsoleParts;
  readonly #stream: ConsoleStream;
  readonly #journal = new Journal(esp8266BootDialect);
  readonly #bootRate: BootRate;
  readonly #writer: ConsoleWriter;
  readonly #outbox: ConsoleOutbox;
  readonly #output = new TerminalOutput();
  readonly #guard: SavingGuard;
  #kind: ConsoleKind | undefined;
  #rate: number;
  #followsStarts: boolean;
  #lastChunkAt = 0;
  #resetAt = Number.NEGATIVE_INFINITY;
  #fork: ForkedTransport | undefined;
  #cancelIdle = () => {};

  constructor(parts: BoardConsoleParts) {
    this.#parts = parts;
    const { transport, wish, running } = parts;
    this.#rate = wish.baudRate;
    this.#followsStarts = wish.followsStarts;
    this.#kind = running.kind;
    this.#output.view = wish.view;
    this.#guard = new SavingGuard(running.dangers);
    this.#writer = new ConsoleWriter(transport, browserClock);
    this.#outbox = new ConsoleOutbox(parts.tell, browserClock);
    this.#stream = new ConsoleStream({
      dialect: esp8266BootDialect,
      rates: { console: wish.baudRate, bootRom: BOOT_RATES[0]! },
      onBoot: (event) => {
        this.#bootRate.see(event);
        this.#enter(this.#journal.see(event, Date.now(), this.#rate));
      },
      onNote: (note) => this.#enter(this.#journal.note(note, Date.now())),
    });
    this.#bootRate = new BootRate(transport, {
      clock: browserClock,
      baudRate: wish.baudRate,
      bootRates: BOOT_RATES,
      reset: parts.reset,
      note: (statement) => this.#show([{ type: "note", ...statement }]),
      onRate: (rates) => {
        this.#show(this.#stream.changeRates(rates));
        this.#rate = rates.console;
        this.#outbox.add({ baudRate: rates.console });
      },
    });
    void this.#listen();
  }

  /** Whose console it is, as far as is known by now. */
  get kind(): ConsoleKind | undefined {
    return this.#kind;
  }

  set view(view: OutputView) {
    this.#output.view = view;
  }

  /** Whether the rate follows the board when it restarts by itself. */
  set followsStarts(isOn: boolean) {
    this.#followsStarts = isOn;
  }

  /** What a text would destroy if it were run, in words; `undefined` where nothing. */
  dangerOf(text: string): string | undefined {
    return this.#guard.dangerOf(text);
  }

  /**
   * Types. What ends a line that destroys something is held back.
   * @param isSure goes all the same
   * @returns what the line that is held back would destroy
   * @throws FlasherError those of writing
   */
  async type(text: string, isSure = false): Promise<string | undefined> {
    const danger = isSure ? undefined : this.#guard.dangerOfTyping(text, this.#stream.openLine);
    if (danger !== undefined) return danger;
    this.#guard.typed(text);
    await this.#writer.type(new TextEncoder().encode(text));
    return undefined;
  }

  /** Somebody resets the board now. */
  expectStart(): void {
    this.#resetAt = Date.now();
  }

  /** Resets the board and reads at the boot ROM's rate until the firmware begins. @throws FlasherError those of the port */
  async resetAndRead(): Promise<void> {
    await this.#bootRate.start();
  }

  /** A second reader, beside this one, until it is closed. */
  fork(): ForkedTransport {
    this.#fork?.end({ reason: "closed" });
    this.#fork = new ForkedTransport(this.#parts.transport);
    return this.#fork;
  }

  async close(): Promise<void> {
    this.#bootRate.stop();
    await this.#parts.transport.close();
  }

  async #listen(): Promise<void> {
    const { transport } = this.#parts;
    for (;;) {
      const chunk = await transport.read().catch(() => undefined);
      if (chunk === undefined) break;
      this.#cancelIdle();
      this.#hear(chunk);
      this.#cancelIdle = browserClock.setTimer(IDLE_MS, () => this.#show(this.#stream.flush()));
    }
    this.#cancelIdle();
    this.#bootRate.stop();
    this.#show(this.#stream.flush());
    const end = await transport.closed;
    this.#fork?.end(end);
    this.#outbox.flush();
    this.#parts.tell({ type: "console-closed", isLost: end.reason === "lost" });
  }

  #hear(chunk: Uint8Array): void {
    const now = browserClock.now();
    this.#writer.hear(chunk);
    this.#fork?.receive(chunk);
    this.#outbox.add({ text: this.#output.bytes(chunk, Date.now()) });
    this.#show(this.#stream.push(chunk, now - this.#lastChunkAt));
    this.#lastChunkAt = now;
    if (this.#followsStarts) this.#bootRate.hear(chunk.length, this.#stream.hearsBootText);
  }

  #show(pieces: readonly ConsolePiece[]): void {
    if (pieces.length === 0) return;
    const at = Date.now();
    this.#outbox.add({ text: this.#output.pieces(pieces, at) });
    for (const piece of pieces) this.#keep(piece, at);
  }

  /** What goes into the log and beside it. */
  #keep(piece: ConsolePiece, at: number): void {
    if (piece.type === "line") {
      this.#outbox.add({ line: { at, text: piece.line } });
      this.#recognise(consoleKindOfLine(piece.line));
    } else if (piece.type === "note") {
      this.#outbox.add({ line: { at, text: `-- ${formatStatement(piece)}` } });
    }
  }

  #recognise(kind: ConsoleKind | undefined): void {
    if (kind === undefined || kind === this.#kind) return;
    this.#kind = kind;
    this.#outbox.add({ kind });
  }

  #enter(entry: JournalEntry | undefined): void {
    if (entry === undefined) return;
    // Somebody who has just reset the board is not to be warned of its start.
    const isExpected = entry.what.type === "unread-boot" && entry.at - this.#resetAt < EXPECTED_MS;
    const shown: JournalEntry = isExpected ? { ...entry, level: "normal" } : entry;
    this.#outbox.add({ entry: journalReport(shown, this.#parts.running.program) });
  }
}
