/** A board's console under somebody's hands. @module */
import { type BootEvent, esp8266, type Statement, type Transport } from "@flashwright/core";
import {
  BOOT_RATES,
  BootRate,
  type ConsolePiece,
  ConsoleStream,
  type FindSymbol,
} from "@flashwright/core/console";
import type { Context } from "../context.js";
import type { Keyboard } from "../world.js";
import { type LivePort, PATIENCE_MS } from "./live-port.js";
import { typeAll } from "./typing.js";

/** Milliseconds without a byte after which what is held back for its rest is shown. */
const IDLE_MS = 200;
/** The same after which an answer to what a pipe has typed is over. */
const ANSWERED_MS = 1000;

/** Where a console's output goes. */
export interface ConsoleSink {
  /** Everything, before it is looked at. */
  bytes(chunk: Uint8Array): void;
  pieces(pieces: readonly ConsolePiece[]): void;
  /** A remark of this program's own. */
  note(statement: Statement): void;
  /** The line that is not over at the end. */
  finish(openLine: string): void;
}

/** What a terminal works with. */
export interface TerminalParts {
  readonly context: Context;
  readonly port: LivePort;
  readonly keyboard: Keyboard;
  readonly sink: ConsoleSink;
  readonly findSymbol: FindSymbol | undefined;
  /** bit/s of the firmware's console. */
  readonly baudRate: number;
  /** Whether the board is reset first. */
  readonly resets: boolean;
  /** Whether the boot ROM's part is to be seen, or the rate in bit/s at which it is known to come. */
  readonly bootLog: boolean | number;
}

/** One console, from opening its port to the key that ends it. */
export class Terminal {
  readonly #parts: TerminalParts;
  readonly #stream: ConsoleStream;
  readonly #bootRates: readonly number[];
  #transport: Transport | undefined;
  #bootRate: BootRate | undefined;
  #lastChunkAt = 0;
  /** Boot messages of the present chunk. */
  #seen: BootEvent[] = [];
  #cancelIdle = () => {};
  #cancelAnswered = () => {};
  #isPipeOver = false;
  #failure: { readonly error: unknown } | undefined;
  readonly #over = new AbortController();

  constructor(parts: TerminalParts) {
    this.#parts = parts;
    const { baudRate, bootLog, findSymbol } = parts;
    this.#bootRates = typeof bootLog === "number" ? [bootLog] : BOOT_RATES;
    this.#stream = new ConsoleStream({
      dialect: esp8266.boot,
      rates: { console: baudRate, bootRom: this.#bootRates[0] },
      onBoot: (event) => this.#seen.push(event),
      ...(findSymbol === undefined ? {} : { findSymbol }),
    });
  }

  /**
   * Runs until the key that ends it, the end of what a pipe types, or Ctrl-C where that is a signal.
   * @param transport the open port
   * @throws FlasherError `console-port-away`; those of the log
   */
  async run(transport: Transport): Promise<void> {
    const { context, keyboard } = this.#parts;
    const { signal, world } = context;
    if (signal.aborted) this.#stop();
    const stop = () => this.#stop();
    signal.addEventListener("abort", stop, { once: true });
    const typing = typeAll(keyboard, () => this.#transport, world.clock, this.#over.signal).then((end) => {
      if (end === "key") this.#stop();
      if (end === "end") this.#endWhenAnswered();
    });
    // It is cut off by the end of the console, and by nothing else.
    typing.catch(stop);
    try {
      await this.#converse(transport);
      if (this.#failure !== undefined) throw this.#failure.error;
    } finally {
      signal.removeEventListener("abort", stop);
      this.#stop();
    }
    this.#sinkFinish();
  }

  async #converse(first: Transport): Promise<void> {
    let transport = first;
    let isFirst = true;
    for (;;) {
      this.#transport = transport;
      try {
        await this.#start(transport, isFirst);
        isFirst = false;
        await this.#readAll(transport);
      } finally {
        this.#transport = undefined;
        this.#bootRate?.stop();
        await transport.close();
      }
      if (this.#isOver) return;
      const again = await this.#comeBack(transport.label);
      if (again === undefined) return;
      transport = again;
    }
  }

  async #start(transport: Transport, isFirst: boolean): Promise<void> {
    const { context, baudRate, bootLog, resets, sink } = this.#parts;
    if (bootLog !== false) {
      this.#bootRate = new BootRate(transport, {
        clock: context.world.clock,
        baudRate,
        bootRates: this.#bootRates,
        note: sink.note,
        onRate: (rates) => sink.pieces(this.#stream.changeRates(rates)),
      });
      if (isFirst) await this.#bootRate.start();
    } else if (isFirst && resets) await transport.signal(esp8266.resets.run.steps);
  }

  async #readAll(transport: Transport): Promise<void> {
    for (;;) {
      if (this.#isOver) return;
      const chunk = await transport.read();
      if (chunk === undefined) return;
      this.#parts.sink.bytes(chunk);
      const { clock } = this.#parts.context.world;
      this.#parts.sink.pieces(this.#stream.push(chunk, clock.now() - this.#lastChunkAt));
      this.#lastChunkAt = clock.now();
      this.#bootRate?.hear(chunk.length, this.#stream.hearsBootText);
      for (const event of this.#seen) this.#bootRate?.see(event);
      this.#seen = [];
      this.#afterChunk();
    }
  }

  #afterChunk(): void {
    const { clock } = this.#parts.context.world;
    this.#cancelIdle();
    this.#cancelIdle = clock.setTimer(IDLE_MS, () => this.#flush());
    if (this.#isPipeOver) this.#endWhenAnswered();
  }

  /** Nobody waits for a timer: what it meets is thrown by `run`. */
  #flush(): void {
    try {
      this.#parts.sink.pieces(this.#stream.flush());
    } catch (error) {
      this.#failure = { error };
      this.#stop();
    }
  }

  #endWhenAnswered(): void {
    this.#isPipeOver = true;
    this.#cancelAnswered();
    if (this.#isOver) return;
    this.#cancelAnswered = this.#parts.context.world.clock.setTimer(ANSWERED_MS, () => this.#stop());
  }

  async #comeBack(label: string): Promise<Transport | undefined> {
    const { port, sink } = this.#parts;
    sink.pieces(this.#stream.flush());
    sink.note({ code: "console-port-lost", params: { label, seconds: PATIENCE_MS / 1000 } });
    try {
      const transport = await port.reopen(this.#over.signal);
      sink.note({ code: "console-port-back", params: { label: transport.label } });
      return transport;
    } catch (error) {
      if (this.#isOver) return undefined;
      this.#sinkFinish();
      throw error;
    }
  }

  get #isOver(): boolean {
    return this.#over.signal.aborted;
  }

  #stop(): void {
    this.#over.abort();
    this.#cancelIdle();
    this.#cancelAnswered();
    this.#bootRate?.stop();
    // Ends the reading; what was typed last is still sent.
    void this.#transport?.close();
  }

  #sinkFinish(): void {
    this.#parts.sink.pieces(this.#stream.flush());
    this.#parts.sink.finish(this.#stream.openLine);
  }
}
