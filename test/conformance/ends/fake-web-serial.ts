/**
 * A port of the Web Serial API in memory that behaves as Chromium's does: streams that come into being when they are asked
 * for and are replaced after an error, a port that does not close while one of them is locked, lines that the system raises
 * at open and that are set one after the other.
 *
 * @module
 */
import type { WebSerialPort } from "@flashwright/web-transport";
import { type FarEnd, FarLog } from "./far-end.js";
import { LINK_BYTES, Pipe } from "./pipe.js";

type Signals = Parameters<WebSerialPort["setSignals"]>[0];
type OpenOptions = Parameters<WebSerialPort["open"]>[0];
type Lines = { readonly dtr: boolean; readonly rts: boolean };

const RELEASED: Lines = { dtr: false, rts: false };
const ASSERTED: Lines = { dtr: true, rts: true };

/** What a fake port is. */
export interface FakePortOptions {
  /** The error that `open` fails with, by its name. */
  readonly openError?: string;
  /** Rates that it does not open at. */
  readonly refusedRates?: readonly number[];
  readonly ids?: { readonly usbVendorId: number; readonly usbProductId: number };
  /** A port without modem lines. */
  readonly isWithoutLines?: boolean;
}

/** The port as a page has it. */
export class FakeWebSerialPort extends EventTarget implements WebSerialPort {
  readonly log = new FarLog();
  connected = true;
  acceptedBytes = 0;
  /** What the last `open` was asked for. */
  opened: OpenOptions | undefined;
  readonly #options: FakePortOptions;
  #inbound = new Pipe();
  #outbound = new Pipe();
  #isOpen = false;
  #isLost = false;
  #isPaused = false;
  #readable: ReadableStream<Uint8Array> | undefined;
  #writable: WritableStream<Uint8Array> | undefined;
  /** Ends the readable stream by an error, behind what has come before it. */
  #readError: DOMException | undefined;
  #failWrite: ((error: unknown) => void) | undefined;
  #lines: Lines = RELEASED;

  constructor(options: FakePortOptions = {}) {
    super();
    this.#options = options;
    void this.#carryOut();
  }

  get readable(): ReadableStream<Uint8Array> | null {
    if (this.#readable !== undefined) return this.#readable;
    if (!this.#isOpen || this.#isLost) return null;
    this.#readable = this.#createReadable();
    return this.#readable;
  }

  get writable(): WritableStream<Uint8Array> | null {
    if (this.#writable !== undefined) return this.#writable;
    if (!this.#isOpen || this.#isLost) return null;
    this.#writable = this.#createWritable();
    return this.#writable;
  }

  getInfo() {
    return { ...this.#options.ids };
  }

  async open(options: OpenOptions): Promise<void> {
    await turn();
    const { openError, refusedRates = [] } = this.#options;
    if (this.#isOpen) throw error("InvalidStateError", "open", "The port is already open.");
    if (openError !== undefined) throw error(openError, "open", "It does not open.");
    if (!this.connected || refusedRates.includes(options.baudRate))
      throw error("NetworkError", "open", "Failed to open serial port.");
    this.#isOpen = true;
    this.#isLost = false;
    this.opened = options;
    this.log.baud(options.baudRate);
    this.#move(ASSERTED);
  }

  async setSignals({ dataTerminalReady, requestToSend, break: brk }: Signals): Promise<void> {
    await turn();
    if (!this.#isOpen) throw error("InvalidStateError", "setSignals", "The port is closed.");
    if (this.#options.isWithoutLines || this.#isLost)
      throw error("NetworkError", "setSignals", "Failed to set control signals.");
    if (brk !== undefined) this.log.brk(brk);
    if (dataTerminalReady !== undefined) this.#move({ ...this.#lines, dtr: dataTerminalReady });
    if (requestToSend !== undefined) this.#move({ ...this.#lines, rts: requestToSend });
  }

  async close(): Promise<void> {
    if (!this.#isOpen) throw error("InvalidStateError", "close", "The port is already closed.");
    await this.#readable?.cancel();
    await this.#writable?.abort();
    await turn();
    this.#isOpen = false;
    this.#inbound.take();
    this.#outbound.take();
    this.#move(RELEASED);
  }

  /** A reception error that the port survives. */
  disturb(name: string): void {
    this.#readError = new DOMException("It was disturbed.", name);
    this.#inbound.wake();
  }

  /** The device is gone: fatal to both streams. */
  lose(): void {
    this.#isLost = true;
    this.#readError = new DOMException("The device has been lost.", "NetworkError");
    this.#inbound.wake();
    this.#failWrite?.(new DOMException("The device has been lost.", "NetworkError"));
  }

  /** Out of the socket: lost, and the browser says so. */
  unplug(): void {
    this.connected = false;
    this.lose();
    this.dispatchEvent(new Event("disconnect"));
  }

  /** The same object comes back, closed. */
  plugIn(): void {
    this.connected = true;
    this.dispatchEvent(new Event("connect"));
  }

  /** The board's end of it. */
  get far(): FarEnd {
    const port = this;
    return {
      log: this.log,
      get acceptedBytes() {
        return port.acceptedBytes;
      },
      send: (bytes, packetSize) => port.#receive(bytes, packetSize),
      pause() {
        port.#isPaused = true;
      },
      resume() {
        port.#isPaused = false;
        port.#outbound.wake();
      },
      hangUp: async () => port.lose(),
      async release() {
        port.#inbound.broken = true;
        port.#outbound.broken = true;
        port.#inbound.wake();
        port.#outbound.wake();
      },
    };
  }

  async #receive(bytes: Uint8Array, packetSize = LINK_BYTES): Promise<void> {
    for (let at = 0; at < bytes.length; at += packetSize) {
      const packet = bytes.subarray(at, at + packetSize);
      // Nobody is there to take it: the system drops what comes to a port that is closed.
      if (this.#isOpen) await this.#inbound.put(packet);
      else await turn();
      this.acceptedBytes += packet.length;
    }
  }

  async #carryOut(): Promise<void> {
    while (!this.#outbound.broken) {
      if (this.#isPaused || this.#outbound.size === 0) await this.#outbound.turn();
      else this.log.data(this.#outbound.take());
    }
  }

  #createReadable(): ReadableStream<Uint8Array> {
    const end = () => {
      this.#readable = undefined;
    };
    let isCancelled = false;
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          while (this.#inbound.size === 0 && this.#readError === undefined && !isCancelled)
            await this.#inbound.turn();
          if (isCancelled) return;
          if (this.#inbound.size > 0) return controller.enqueue(this.#inbound.take(this.opened?.bufferSize));
          const failure = this.#readError;
          this.#readError = undefined;
          end();
          controller.error(failure);
        },
        cancel: async () => {
          isCancelled = true;
          this.#inbound.take();
          await turn();
          end();
        },
      },
      { highWaterMark: 0 },
    );
  }

  #createWritable(): WritableStream<Uint8Array> {
    const end = () => {
      this.#writable = undefined;
      this.#failWrite = undefined;
    };
    return new WritableStream<Uint8Array>({
      start: (controller) => {
        const { signal } = controller as unknown as { readonly signal: AbortSignal };
        signal.addEventListener("abort", () => this.#failWrite?.(signal.reason));
        this.#failWrite = (failure) => {
          end();
          controller.error(failure);
        };
      },
      write: (chunk) =>
        new Promise((resolve, reject) => {
          const failStream = this.#failWrite;
          this.#failWrite = (failure) => {
            end();
            reject(failure);
          };
          void this.#outbound.put(chunk).then(() => {
            this.#failWrite = failStream;
            resolve();
          });
        }),
      close: async () => {
        while (this.#outbound.size > 0 && !this.#isLost) await this.#outbound.turn();
        end();
      },
      abort: async () => {
        this.#outbound.take();
        await turn();
        end();
      },
    });
  }

  #move(lines: Lines): void {
    this.#lines = lines;
    this.log.lines(lines.dtr, lines.rts);
  }
}

/** `navigator.serial` with ports that the person has granted. */
export class FakeWebSerial extends EventTarget {
  constructor(readonly ports: FakeWebSerialPort[]) {
    super();
  }

  async getPorts(): Promise<FakeWebSerialPort[]> {
    return [...this.ports];
  }
}

function error(name: string, operation: string, text: string): DOMException {
  return new DOMException(`Failed to execute '${operation}' on 'SerialPort': ${text}`, name);
}

/** What the browser process does takes a turn of the event loop at least. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
