/** A telnet conversation with a serial server: options, requests and answers, flow control, data. @module */
import type { Clock } from "@flashwright/core";
import type { ReceiveQueue } from "@flashwright/core/port";
import type { SocketLine } from "../tcp/socket-line.js";
import { ANSWER_OFFSET, ComPortCommand } from "./com-port.js";
import { OptionNegotiation } from "./option-negotiation.js";
import { ANSWER_MS, RequestTable } from "./request-table.js";
import { encodeSubnegotiation, escapeIac, TelnetOption, TelnetParser, type Verb } from "./telnet.js";

const SIGNATURE = new TextEncoder().encode("Flashwright");
/** Data goes out in pieces of this size, so that a server which asks for a pause soon gets one. */
const WRITE_PIECE = 0x4000;

/** One connection. Whoever makes it connects the socket's chunks to `receive`. */
export class ServerSession {
  readonly #line: SocketLine;
  readonly #received: ReceiveQueue;
  readonly #requests: RequestTable;
  readonly #options = new OptionNegotiation();
  readonly #parser: TelnetParser;
  /** Set while the server has asked us to hold data back. */
  #suspended: { readonly over: Promise<void>; readonly resume: () => void } | undefined;
  #onAgreement: ((agreed: boolean) => void) | undefined;

  /** Bytes of data that were received; a measure for the one who must stop them. */
  dataBytes = 0;

  constructor(line: SocketLine, received: ReceiveQueue, clock: Clock, label: string) {
    this.#line = line;
    this.#received = received;
    this.#requests = new RequestTable(clock, label);
    this.#parser = new TelnetParser({
      onData: (bytes) => {
        this.dataBytes += bytes.length;
        received.push(bytes);
      },
      onOption: (verb, option) => this.#negotiate(verb, option),
      onSubnegotiation: (option, body) => this.#subnegotiate(option, body),
    });
  }

  /** Takes a chunk from the socket. */
  receive(chunk: Uint8Array): void {
    this.#parser.parse(chunk);
  }

  /** Offers the options; whether the server agreed to be controlled. Waits for ever if it never says. */
  async offer(): Promise<boolean> {
    const answer = new Promise<boolean>((resolve) => {
      this.#onAgreement = resolve;
    });
    this.#send(...this.#options.open());
    return answer;
  }

  /** Sends data, escaped, held back while the server asks for it. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += WRITE_PIECE) {
      await this.#suspended?.over;
      await this.#line.write(escapeIac(bytes.subarray(at, at + WRITE_PIECE)));
    }
  }

  /**
   * Sends a request and waits for the body of its answer.
   * @throws FlasherError `rfc2217-no-answer`
   */
  request(command: ComPortCommand, body: Uint8Array, name: string): Promise<Uint8Array> {
    const answer = this.#requests.expect(command, body, name, ANSWER_MS);
    this.notify(command, body);
    return answer;
  }

  /** Like `request`, but the caller has the limit: the answer comes only after all data that was written before. */
  requestPatiently(command: ComPortCommand, body: Uint8Array, name: string): Promise<Uint8Array> {
    const answer = this.#requests.expect(command, body, name);
    this.notify(command, body);
    return answer;
  }

  /** Sends a command that is not answered. */
  notify(command: ComPortCommand, body: Uint8Array = new Uint8Array(0)): void {
    this.#send(encodeSubnegotiation(TelnetOption.ComPort, Uint8Array.of(command, ...body)));
  }

  #negotiate(verb: Verb, option: number): void {
    const before = this.#options.comPort;
    const reply = this.#options.receive(verb, option);
    if (reply !== undefined) this.#send(reply);
    const now = this.#options.comPort;
    if (now === before || now === undefined) return;
    this.#onAgreement?.(now);
    if (before === true) this.#received.lose("the server stopped speaking RFC 2217");
  }

  #subnegotiate(option: number, body: Uint8Array): void {
    if (option !== TelnetOption.ComPort || body.length === 0) return;
    const command = body[0]! - ANSWER_OFFSET;
    const value = body.subarray(1);
    if (command === ComPortCommand.FlowControlSuspend) this.#suspend();
    else if (command === ComPortCommand.FlowControlResume) this.#resume();
    else if (command === ComPortCommand.Signature && value.length === 0) {
      this.notify(ComPortCommand.Signature, SIGNATURE);
    } else this.#requests.answer(command, value);
  }

  #suspend(): void {
    if (this.#suspended !== undefined) return;
    let resume!: () => void;
    const over = new Promise<void>((resolve) => {
      resume = resolve;
    });
    this.#suspended = { over, resume };
  }

  #resume(): void {
    this.#suspended?.resume();
    this.#suspended = undefined;
  }

  /** Control bytes are few; a socket that cannot take them has ended, and the queue is told of that elsewhere. */
  #send(...parts: readonly Uint8Array[]): void {
    this.#line.write(Buffer.concat(parts)).catch(() => {});
  }
}
