/** A port of the Web Serial API under a transport. @module */
import { type Clock, FlasherError } from "@flashwright/core";
import type { Lines, PortDriver, ReceiveQueue } from "@flashwright/core/port";
import { type Disturbance, PortReader } from "./port-reader.js";
import { PortWriter } from "./port-writer.js";
import type { WebSerialPort } from "./serial-api.js";
import { webSerialError, withoutPreamble } from "./web-serial-error.js";

/**
 * Bytes that the browser keeps in each direction: what a page that is busy may leave unread. At 2 Mbit/s that is a third
 * of a second; the browser's own default of 255 bytes is a millisecond, and an overrun.
 */
const BUFFER_BYTES = 0x10000;
/** What an operating system holds besides: Linux gives a USB adapter 4 KiB, a pseudo terminal 64 KiB. */
const SYSTEM_BYTES = 0x10000;

/** What a driver is made with. */
export interface WebSerialDriverParts {
  readonly port: WebSerialPort;
  readonly label: string;
  readonly received: ReceiveQueue;
  readonly clock: Clock;
  readonly onDisturbance: (kind: Disturbance) => void;
}

/** One `SerialPort`, opened, opened again for another rate, and closed. */
export class WebSerialDriver implements PortDriver {
  readonly bufferBytes = BUFFER_BYTES + SYSTEM_BYTES;
  readonly #port: WebSerialPort;
  readonly #label: string;
  readonly #received: ReceiveQueue;
  readonly #reader: PortReader;
  readonly #writer: PortWriter;
  readonly #onDisconnect = () => this.#received.lose("The browser says that the device is gone.");
  #baudRate = 0;
  /** The state to come back to after a port was opened again; unknown lines are left as the system sets them. */
  #lines: Lines | undefined;
  #isBreak = false;
  #isReleased = false;
  /** Done when no rate is being changed. */
  #change: Promise<void> = Promise.resolve();

  constructor({ port, label, received, clock, onDisturbance }: WebSerialDriverParts) {
    this.#port = port;
    this.#label = label;
    this.#received = received;
    this.#reader = new PortReader(port, received, onDisturbance);
    this.#writer = new PortWriter(port, clock);
  }

  /** Opens the port, which is closed. @throws FlasherError `port-busy`, `port-not-opened`, `port-blocked`, `port-failed` */
  async open(baudRate: number): Promise<void> {
    try {
      await this.#openAt(baudRate);
    } catch (error) {
      throw webSerialError(error, "open", this.#label);
    }
    this.#port.addEventListener("disconnect", this.#onDisconnect);
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#use(this.#writer.write(bytes, this.#baudRate));
  }

  async drain(): Promise<void> {
    await this.#use(this.#writer.drain(this.#baudRate));
  }

  async setLines(lines: Lines): Promise<void> {
    await this.#applyLines(lines).catch((error: Error) => {
      throw this.#failed(error);
    });
    this.#lines = lines;
  }

  /**
   * Closes and opens again: the API changes no rate of an open port (WICG/serial#141). A rate that the port does not
   * open at is refused, and the one before comes back.
   */
  async setBaudRate(baudRate: number): Promise<void> {
    if (baudRate === this.#baudRate) return;
    const change = this.#reopen(baudRate);
    this.#change = change.catch(() => {});
    await change;
  }

  async discard(): Promise<void> {
    await this.#reader.stop();
    this.#reader.start();
  }

  pause(): void {
    this.#reader.pause();
  }

  resume(): void {
    this.#reader.resume();
  }

  async release({ dropUnsent }: { readonly dropUnsent: boolean }): Promise<void> {
    this.#isReleased = true;
    this.#port.removeEventListener("disconnect", this.#onDisconnect);
    await this.#change;
    await this.#close(dropUnsent);
  }

  async #reopen(baudRate: number): Promise<void> {
    const before = this.#baudRate;
    await this.#close(false);
    try {
      await this.#openAgain(baudRate);
    } catch (refusal) {
      await this.#openAgain(before).catch((error: Error) =>
        this.#received.lose(withoutPreamble(error.message)),
      );
      throw new FlasherError("port-baud-refused", { label: this.#label, baudRate }, { cause: refusal });
    }
  }

  async #openAgain(baudRate: number): Promise<void> {
    if (this.#isReleased) return;
    await this.#openAt(baudRate);
    if (this.#lines !== undefined) await this.#applyLines(this.#lines);
  }

  async #openAt(baudRate: number): Promise<void> {
    await this.#port.open({ baudRate, bufferSize: BUFFER_BYTES });
    this.#baudRate = baudRate;
    this.#isBreak = false;
    this.#reader.start();
  }

  /** Leaves no stream locked, since a port with a locked stream does not close. Never rejects. */
  async #close(dropUnsent: boolean): Promise<void> {
    await this.#reader.stop();
    if (dropUnsent) await this.#writer.drop();
    else await this.#writer.drain(this.#baudRate).catch(() => {});
    await this.#port.close().catch(() => {});
  }

  /**
   * The browser sets DTR, then RTS, each by a call of its own, so something lies between two states. A line is asserted
   * before the other is released, so that GPIO0 is low when reset rises. Where both are released, as after opening, RTS
   * goes first: alone it would reset the board, where DTR alone only pulls GPIO0 down.
   */
  async #applyLines({ dtr, rts, brk }: Lines): Promise<void> {
    if (brk !== this.#isBreak) await this.#port.setSignals({ break: brk });
    this.#isBreak = brk;
    if (dtr) return this.#port.setSignals({ dataTerminalReady: true, requestToSend: rts });
    await this.#port.setSignals({ requestToSend: rts });
    await this.#port.setSignals({ dataTerminalReady: false });
  }

  async #use(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => {
      const failure = webSerialError(error, "use", this.#label);
      if (failure.code === "port-lost") this.#received.lose(failure.params.detail as string);
      throw failure;
    });
  }

  /** Of a line that could not be set nothing follows about the port: whether it is gone the reader finds out. */
  #failed(error: Error): FlasherError {
    return new FlasherError("port-failed", { label: this.#label, detail: withoutPreamble(error.message) });
  }
}
