/** A serial port behind an RFC 2217 server. @module */
import { type Clock, FlasherError } from "@flashwright/core";
import { type Lines, lineTimeMs, type PortDriver } from "@flashwright/core/port";
import type { SocketLine } from "../tcp/socket-line.js";
import {
  ComPortCommand,
  Control,
  encodeBaudRate,
  isRateGranted,
  PURGE_RECEIVED,
  parseBaudRate,
} from "./com-port.js";
import type { ServerSession } from "./server-session.js";

/** What a server is taken to hold in its own port's buffer after it has read everything from the network. */
const SERVER_BUFFER_BYTES = 0x1000;
/** Data that may still come in after the server was asked to pause, before the connection itself is stopped. */
const PAUSE_ALLOWANCE_BYTES = 0x100000;

/** Requests and data in one stream, which keeps their order by itself. */
export class Rfc2217Driver implements PortDriver {
  /** The network's buffers on both sides, megabytes. */
  readonly bufferBytes = Number.POSITIVE_INFINITY;
  readonly #session: ServerSession;
  readonly #line: SocketLine;
  readonly #clock: Clock;
  readonly #label: string;
  #baudRate: number;
  #undrained = 0;
  #isBreak = false;
  /** `dataBytes` of the session at which the connection is stopped; set while paused. */
  #stopAt = Number.POSITIVE_INFINITY;

  /** @param baudRate the rate that the server has agreed to */
  constructor(session: ServerSession, line: SocketLine, clock: Clock, label: string, baudRate: number) {
    this.#session = session;
    this.#line = line;
    this.#clock = clock;
    this.#label = label;
    this.#baudRate = baudRate;
  }

  /** To be called after each chunk from the socket: stops a server that does not pause when it is asked to. */
  afterChunk(): void {
    if (this.#session.dataBytes >= this.#stopAt) this.#line.pause();
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#undrained += bytes.length;
    await this.#session.write(bytes);
  }

  /**
   * RFC 2217 has no drain. A question in the same stream is answered once the server has read all that came before
   * it; then the bytes that may wait in its port's buffer are given the time that they need on the line.
   */
  async drain(): Promise<void> {
    await this.#session.requestPatiently(ComPortCommand.SetBaudRate, encodeBaudRate(0), "SET-BAUDRATE 0");
    const waiting = Math.min(this.#undrained, SERVER_BUFFER_BYTES);
    this.#undrained = 0;
    await new Promise<void>((resolve) => {
      this.#clock.setTimer(lineTimeMs(waiting, this.#baudRate), resolve);
    });
  }

  /** Each line is a command of its own; they leave in one packet, and all answers are awaited. */
  async setLines(lines: Lines): Promise<void> {
    await Promise.all([
      this.#setBreak(lines.brk),
      this.#setControl(lines.dtr ? Control.DtrOn : Control.DtrOff, "SET-CONTROL DTR"),
      this.#setControl(lines.rts ? Control.RtsOn : Control.RtsOff, "SET-CONTROL RTS"),
    ]);
  }

  async setBaudRate(baudRate: number): Promise<void> {
    const answer = await this.#session.request(
      ComPortCommand.SetBaudRate,
      encodeBaudRate(baudRate),
      `SET-BAUDRATE ${baudRate}`,
    );
    const actual = parseBaudRate(answer);
    if (actual === undefined || !isRateGranted(baudRate, actual)) {
      throw new FlasherError("port-baud-refused", { label: this.#label, baudRate });
    }
    this.#baudRate = baudRate;
  }

  async discard(): Promise<void> {
    await this.#session.request(ComPortCommand.PurgeData, Uint8Array.of(PURGE_RECEIVED), "PURGE-DATA 1");
  }

  /** The connection goes on for a while: it also carries the answers to our own requests. */
  pause(): void {
    this.#stopAt = this.#session.dataBytes + PAUSE_ALLOWANCE_BYTES;
    this.#session.notify(ComPortCommand.FlowControlSuspend);
  }

  resume(): void {
    this.#stopAt = Number.POSITIVE_INFINITY;
    this.#line.resume();
    this.#session.notify(ComPortCommand.FlowControlResume);
  }

  release(options: { readonly dropUnsent: boolean }): Promise<void> {
    return this.#line.release(options);
  }

  /**
   * Only a change is sent: no server need know of breaks until somebody wants one. The answer to the end of one is not
   * looked at: ser2net 4.3.11 ends it and answers that it goes on.
   */
  async #setBreak(on: boolean): Promise<void> {
    if (on === this.#isBreak) return;
    const value = on ? Control.BreakOn : Control.BreakOff;
    const request = "SET-CONTROL BREAK";
    const answer = await this.#session.request(ComPortCommand.SetControl, Uint8Array.of(value), request);
    if (on && answer[0] !== value) throw new FlasherError("port-lines-missing", { label: this.#label });
    this.#isBreak = on;
  }

  async #setControl(value: Control, request: string): Promise<void> {
    const answer = await this.#session.request(ComPortCommand.SetControl, Uint8Array.of(value), request);
    if (answer[0] !== value) throw new FlasherError("port-lines-missing", { label: this.#label });
  }
}
