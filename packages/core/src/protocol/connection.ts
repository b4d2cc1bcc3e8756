/**
 * One request, one reply, one deadline, over one reader pump.
 *
 * @module
 */
import { concat } from "../bytes.js";
import { FlasherError, isFlasherError } from "../errors.js";
import type { AbortSignalLike, Clock, Transport } from "../transport.js";
import { type Command, opName } from "./command.js";
import { Waiter, within } from "./deadline.js";
import { encodeRequest, parseResponse, type Response } from "./packet.js";
import { encodeFrame, SlipDecoder, type SlipSink } from "./slip.js";
import { STATUS_WORDS, type Status, statusName } from "./status.js";
import { StrayText } from "./stray-text.js";

/** Longest packet that a loader sends: a READ_FLASH packet; text taken for a frame is cut off here. */
const LONGEST_PACKET = 0x1000 + 64;
/** Packets that nobody waits for; beyond this many the oldest go, so that a babbling chip fills no memory. */
const MAX_QUEUED_PACKETS = 64;
/** How long the operating system may take to accept a frame, beside the time that it takes on the line at 9600 baud. */
const WRITE_TIMEOUT_MS = 10_000;
const SLOWEST_MS_PER_BYTE = 10_000 / 9600;

/** How long after a failed read the transport may take to say that it has ended. */
const CLOSING_MS = 100;

/** What a `Connection` needs to know of the chip's family. */
export interface ConnectionOptions {
  /** Status bytes at the end of each reply: 2 on the ESP8266, 4 on later ROMs. */
  readonly statusBytes: number;
}

/** A command that the loader answered with a status other than 0. */
export class LoaderRefusal extends FlasherError {
  constructor(
    readonly op: number,
    readonly status: Status,
  ) {
    super("loader-refused", {
      op: opName(op),
      reason: STATUS_WORDS[statusName(status)],
      status: status.code,
      detail: status.reason,
    });
  }

  /** The same with the place in flash that it was about. @param loader who refused: "ROM loader", "stub" */
  at(offset: number, loader: string): FlasherError {
    return new FlasherError("write-refused", { ...this.params, loader, offset });
  }
}

/** Takes all that arrives in a streamed dialogue. */
export interface ConnectionListener extends SlipSink {
  /** Any bytes came, before what they hold is reported. */
  bytesArrive?(): void;
}

/** A conversation with a loader. One exchange at a time; frames that nobody asked for are kept or dropped, never fatal. */
export class Connection {
  readonly #decoder = new SlipDecoder(LONGEST_PACKET);
  readonly #packets: Uint8Array[] = [];
  /** Bytes outside frames: boot messages, the application's output, noise. */
  readonly stray = new StrayText();
  /**
   * Whether every request that was sent has its answer. After an abort or a deadline it has not: a reply may still come and
   * be taken for that of the next request of its kind. Whoever has brought the two back into step says so here.
   */
  inStep = true;
  #waiter: Waiter<Uint8Array> | undefined;
  #listener: ConnectionListener | undefined;
  #tap: ((chunk: Uint8Array) => void) | undefined;
  #ended: FlasherError | undefined;
  readonly #sink: SlipSink = {
    frameBegins: () => this.#listener?.frameBegins?.(),
    frame: (packet) => this.#receive(packet),
    stray: (bytes) => this.stray.add(bytes),
    badFrame: () => {},
  };

  constructor(
    readonly transport: Transport,
    readonly clock: Clock,
    readonly options: ConnectionOptions,
  ) {
    void this.#pump();
  }

  /** Why no byte will come any more; `undefined` while the transport lives. */
  get ended(): FlasherError | undefined {
    return this.#ended;
  }

  /** Writes bytes as they are. @throws FlasherError `port-lost`, `port-closed`; `port-failed` when the system takes too long */
  async write(bytes: Uint8Array, signal?: AbortSignalLike): Promise<void> {
    if (this.#ended) throw this.#ended;
    const { label } = this.transport;
    const timeoutMs = Math.ceil(WRITE_TIMEOUT_MS + bytes.length * SLOWEST_MS_PER_BYTE);
    const tooLate = () =>
      new FlasherError("port-failed", { label, detail: `no byte accepted for ${timeoutMs} ms` });
    try {
      await within(this.transport.write(bytes), this.clock, timeoutMs, tooLate, signal);
    } catch (error) {
      this.inStep = false;
      throw await this.#portError(error, signal);
    }
  }

  /** A transport's own error in our words; those of other packages' transports may be of any class. */
  async #portError(error: unknown, signal: AbortSignalLike | undefined): Promise<unknown> {
    if (signal?.aborted && error === signal.reason) return error;
    if (isFlasherError(error, "port-closed")) return this.#whenEnded;
    if (isFlasherError(error)) return error;
    if (this.#ended) return this.#ended;
    const detail = error instanceof Error ? error.message : String(error);
    return new FlasherError("port-failed", { label: this.transport.label, detail }, { cause: error });
  }

  /**
   * Sends a command and waits for its reply.
   * @throws FlasherError `command-timeout`, `port-lost`; LoaderRefusal where the status is not 0
   */
  async send<T>(command: Command<T>, signal?: AbortSignalLike): Promise<T> {
    await this.write(this.encode(command), signal);
    return this.reply(command, signal);
  }

  /**
   * Sends several commands in one write and waits for their replies, in order. Only for a loader that takes them so.
   * @param filler bytes between the frames, for a stub that drops what follows a frame directly
   */
  async sendAll<T extends readonly Command<unknown>[]>(
    commands: T,
    filler = 0,
    signal?: AbortSignalLike,
  ): Promise<{ -readonly [K in keyof T]: T[K] extends Command<infer R> ? R : never }> {
    const gap = new Uint8Array(filler);
    await this.write(concat(commands.flatMap((command) => [this.encode(command), gap])), signal);
    const replies: unknown[] = [];
    for (const command of commands) replies.push(await this.reply(command, signal));
    return replies as { -readonly [K in keyof T]: T[K] extends Command<infer R> ? R : never };
  }

  /** The command as a frame, to have it ready before it is its turn. */
  encode(command: Command<unknown>): Uint8Array {
    return encodeFrame(encodeRequest(command.op, command.body, command.checksum));
  }

  /**
   * Waits for the reply to a command that was written. Replies to other commands are passed over.
   * @throws FlasherError `command-timeout`, `bad-reply` where its length is not what it announces, `port-lost`;
   * LoaderRefusal; the signal's reason
   */
  async reply<T>(command: Command<T>, signal?: AbortSignalLike): Promise<T> {
    try {
      return await this.#answerTo(command, signal);
    } catch (error) {
      if (!(error instanceof LoaderRefusal)) this.inStep = false;
      throw error;
    }
  }

  async #answerTo<T>(command: Command<T>, signal: AbortSignalLike | undefined): Promise<T> {
    const deadline = this.clock.now() + command.timeoutMs;
    for (;;) {
      const packet = await this.packet(deadline - this.clock.now(), signal, () => this.#timeout(command));
      const response = parseResponse(packet);
      if (response === undefined) continue;
      const status = this.#status(response);
      if (response.op === command.op) {
        this.#checkLength(response);
        if (status.code !== 0) throw new LoaderRefusal(command.op, status);
        return command.parse({ value: response.value, data: this.#data(response) });
      }
      // The mask ROM answers what it does not know under the opcode of the command before it.
      if (status.code === 1 && status.reason === 5) throw new LoaderRefusal(command.op, status);
    }
  }

  /**
   * Next packet, whatever it is.
   * @throws what `makeError` makes when `timeoutMs` have passed; FlasherError `port-lost`
   */
  async packet(
    timeoutMs: number,
    signal: AbortSignalLike | undefined,
    makeError: () => unknown,
  ): Promise<Uint8Array> {
    const queued = this.#packets.shift();
    if (queued !== undefined) return queued;
    if (this.#ended) throw this.#ended;
    if (this.#waiter !== undefined) throw new Error("another packet is being waited for");
    const waiter = new Waiter<Uint8Array>().failOnAbort(signal).failAfter(this.clock, timeoutMs, makeError);
    this.#waiter = waiter;
    try {
      return await waiter.promise;
    } finally {
      if (this.#waiter === waiter) this.#waiter = undefined;
    }
  }

  /** Hands everything that arrives to `listener` until the returned function is called. For streamed dialogues. */
  listen(listener: ConnectionListener): () => void {
    this.#listener = listener;
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  /**
   * Shows every chunk to `reader` as it comes, unframed, until the returned function is called. For boot messages; replies
   * are still heard.
   */
  tap(reader: (chunk: Uint8Array) => void): () => void {
    this.#tap = reader;
    return () => {
      if (this.#tap === reader) this.#tap = undefined;
    };
  }

  /** Fails `waiter` when the transport ends; for those who `listen`. */
  failOnEnd(waiter: Waiter<unknown>): void {
    if (this.#ended) waiter.reject(this.#ended);
    else void this.#whenEnded.then((error) => waiter.reject(error));
  }

  /** Forgets all that has arrived, also in the transport. */
  async discard(): Promise<void> {
    await this.transport.discard();
    this.#packets.length = 0;
    this.#decoder.reset();
  }

  #resolveEnded!: (error: FlasherError) => void;
  readonly #whenEnded = new Promise<FlasherError>((resolve) => {
    this.#resolveEnded = resolve;
  });

  /** The only reader. A deadline abandons the one who waits, never this read. */
  async #pump(): Promise<void> {
    let cause: unknown;
    try {
      for (;;) {
        const chunk = await this.transport.read();
        if (chunk === undefined) break;
        this.#tap?.(chunk);
        this.#listener?.bytesArrive?.();
        this.#decoder.push(chunk, this.#sink);
      }
    } catch (error) {
      cause = error;
    }
    this.#ended = await this.#endOf(cause);
    this.#waiter?.reject(this.#ended);
    this.#resolveEnded(this.#ended);
  }

  /** A read that failed on a transport that lives on is a second reader's, or a transport's that does not keep its word. */
  async #endOf(cause: unknown): Promise<FlasherError> {
    const { transport, clock } = this;
    const { label } = transport;
    const alive = () => new FlasherError("port-failed", { label, detail: String(cause) }, { cause });
    const closed =
      cause === undefined ? transport.closed : within(transport.closed, clock, CLOSING_MS, alive);
    return closed.then(
      ({ reason }) => new FlasherError(reason === "lost" ? "port-lost" : "port-closed", { label }, { cause }),
      (error: FlasherError) => error,
    );
  }

  #receive(packet: Uint8Array): void {
    if (this.#listener !== undefined) this.#listener.frame(packet);
    else if (this.#waiter !== undefined && !this.#waiter.settled) this.#waiter.resolve(packet.slice());
    else {
      this.#packets.push(packet.slice());
      if (this.#packets.length > MAX_QUEUED_PACKETS) this.#packets.shift();
    }
  }

  /** A stub that refuses may leave out the data that its header announces; any other length is damage. */
  #checkLength({ op, announced, body }: Response): void {
    if (body.length === announced || body.length === this.options.statusBytes) return;
    throw new FlasherError("bad-reply", { op: opName(op), size: body.length, expected: announced });
  }

  #status(response: Response): Status {
    const at = response.body.length - this.#statusBytes(response);
    return { code: response.body[at], reason: response.body[at + 1] };
  }

  /** Later ROMs send 4 status bytes, which is how they are told from an ESP8266 before anything else is known. */
  #statusBytes(response: Response): number {
    return response.body.length === 4 ? 4 : this.options.statusBytes;
  }

  #data(response: Response): Uint8Array {
    return response.body.subarray(0, response.body.length - this.#statusBytes(response));
  }

  #timeout(command: Command<unknown>): FlasherError {
    const crash = this.stray.crash();
    if (crash !== undefined) return new FlasherError("chip-crashed", { text: crash });
    return new FlasherError("command-timeout", { op: opName(command.op), timeoutMs: command.timeoutMs });
  }
}
