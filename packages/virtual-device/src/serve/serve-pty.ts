/** The board as a serial port of this computer: a pseudo terminal that any serial program can open. @module */
import type { Transport } from "@flashwright/core";
import { ModemBit, parseModemRequest } from "./modem-lines.js";
import { FrameType, type PtyFrame } from "./pty-frames.js";
import { createLink } from "./pty-link.js";
import { PtyProcess, type PtyProcessOptions, textOf } from "./pty-process.js";
import type { BoardServer, OpenTransport, ServeEndCause, ServeOptions } from "./server.js";
import { DEFAULT_RELEASE_TIMEOUT_MS, pumpFromBoard, releaseTransport, setLines } from "./session.js";

/** Bytes to the host in one frame. */
const MAX_CHUNK = 16 * 1024;

/** Options of the pseudo terminal. */
export interface PtyServeOptions extends ServeOptions, PtyProcessOptions {
  /** Path of a symbolic link to the terminal, removed at the end. A stale link of a board is replaced, nothing else. */
  readonly link?: string;
}

/** A running server on a pseudo terminal. */
export interface PtyBoardServer extends BoardServer {
  /** The terminal itself, `/dev/pts/3`; `address` is the link where there is one. */
  readonly path: string;
}

/**
 * Serves the board on a pseudo terminal: each opening gets a fresh transport, the host's rate reaches the board, and
 * the last close releases the lines. A board that is lost hangs the terminal up and ends the server.
 *
 * A pseudo terminal has no modem lines: the host cannot reset the board, so start it in download mode or press its
 * buttons, for example on the event `connected`. With `modemDirectory`, programs that are started with the preloaded
 * line library and `TTYMODEM_DIR` set to that folder have both lines; then opening asserts them, as Linux does.
 * @throws ServeError `python-missing`, `pty-unsupported`, `pty-failed` or `link-taken`
 */
export async function servePty(
  openTransport: OpenTransport,
  options: PtyServeOptions = {},
): Promise<PtyBoardServer> {
  const helper = await PtyProcess.start(options);
  let removeLink = () => {};
  try {
    if (options.link !== undefined) removeLink = createLink(options.link, helper.path);
  } catch (error) {
    await helper.stop(DEFAULT_RELEASE_TIMEOUT_MS);
    throw error;
  }
  const terminal = new Terminal(helper, openTransport, options, removeLink);
  return {
    address: options.link ?? helper.path,
    path: helper.path,
    closed: terminal.closed,
    close: () => terminal.close(),
  };
}

class Terminal {
  readonly closed: Promise<ServeEndCause>;
  private resolveClosed!: (cause: ServeEndCause) => void;
  private stopping: Promise<void> | undefined;
  /** The board's side while a host program has the terminal open. */
  private transport: Transport | undefined;
  private modemBits = 0;
  private isBreak = false;

  constructor(
    private readonly helper: PtyProcess,
    private readonly openTransport: OpenTransport,
    private readonly options: PtyServeOptions,
    private readonly removeLink: () => void,
  ) {
    this.closed = new Promise((resolve) => {
      this.resolveClosed = resolve;
    });
    void this.takeFrames();
  }

  close(cause?: Error): Promise<void> {
    this.stopping ??= this.stop(cause);
    return this.stopping;
  }

  private async stop(cause: Error | undefined): Promise<void> {
    this.removeLink();
    await this.release(cause?.message);
    await this.helper.stop(this.releaseTimeoutMs);
    this.resolveClosed(cause);
  }

  private fail(error: unknown): void {
    if (this.stopping) return;
    const cause = error instanceof Error ? error : new Error(String(error));
    this.options.onEvent?.({ type: "error", error: cause });
    void this.close(cause);
  }

  /** One frame after the other: lines, rate and bytes reach the board in the host's order. */
  private async takeFrames(): Promise<void> {
    try {
      for await (const frame of this.helper.frames()) {
        if (!this.stopping) await this.take(frame);
      }
      this.fail(new Error("the terminal's helper ended"));
    } catch (error) {
      this.fail(error);
    }
  }

  private async take(frame: PtyFrame): Promise<void> {
    switch (frame.type) {
      case FrameType.opened:
        return this.open(frame.session);
      case FrameType.closed:
        return this.release();
      case FrameType.data:
        return this.transport?.write(frame.payload);
      case FrameType.rate:
        return this.changeRate(frame);
      case FrameType.modem:
        return this.moveLines(frame);
      default:
        throw new Error(textOf(frame));
    }
  }

  private async open(session: number): Promise<void> {
    const transport = await this.openTransport();
    if (this.stopping) return transport.abort();
    this.transport = transport;
    this.options.onEvent?.({ type: "connected", client: this.helper.path });
    if (this.options.modemDirectory !== undefined) {
      await setLines(transport, true);
      this.modemBits = ModemBit.dtr | ModemBit.rts;
    }
    void this.pump(transport, session);
  }

  private async pump(transport: Transport, session: number): Promise<void> {
    try {
      await pumpFromBoard(transport, (bytes) => this.sendToHost(bytes, session));
    } catch (error) {
      this.fail(error);
    }
    const end = await transport.closed;
    if (end.reason === "lost") this.fail(new Error(`the board was lost: ${end.detail ?? "no reason given"}`));
  }

  private async sendToHost(bytes: Uint8Array, session: number): Promise<void> {
    for (let at = 0; at < bytes.length; at += MAX_CHUNK) {
      const payload = bytes.subarray(at, at + MAX_CHUNK);
      await this.helper.send({ type: FrameType.data, session, payload });
    }
  }

  private async release(detail?: string): Promise<void> {
    const { transport } = this;
    if (transport === undefined) return;
    this.transport = undefined;
    this.modemBits = 0;
    this.isBreak = false;
    await releaseTransport(transport, this.releaseTimeoutMs);
    const client = this.helper.path;
    this.options.onEvent?.({ type: "disconnected", client, ...(detail === undefined ? {} : { detail }) });
  }

  private async changeRate({ payload }: PtyFrame): Promise<void> {
    const rate = new DataView(payload.buffer, payload.byteOffset, 4).getUint32(0, true);
    // B0 is how a host program hangs up: the lines fall, the rate of the UART stays.
    if (rate === 0 && this.transport) return setLines(this.transport, false);
    try {
      await this.transport?.setBaudRate(rate);
    } catch (error) {
      // A terminal has no way to refuse a rate: the host goes on at a rate that the board does not have.
      this.options.onEvent?.({ type: "error", error: error as Error });
    }
  }

  private async moveLines({ session, payload }: PtyFrame): Promise<void> {
    const line = new TextDecoder().decode(payload.subarray(4));
    const request = parseModemRequest(line, this.modemBits, this.isBreak);
    if (request.step) await this.transport?.signal([request.step]);
    this.isBreak = request.step?.brk ?? this.isBreak;
    this.modemBits = request.bits;
    const bits = new TextEncoder().encode(request.bits.toString(16));
    const answer = Uint8Array.of(...payload.subarray(0, 4), ...bits);
    this.helper.answer({ type: FrameType.modem, session, payload: answer });
  }

  private get releaseTimeoutMs(): number {
    return this.options.releaseTimeoutMs ?? DEFAULT_RELEASE_TIMEOUT_MS;
  }
}
