/**
 * What esptool-js asks of a browser's serial port, on top of this project's transports: WHATWG streams, signals that are
 * set one or both at a time, and a rate that is given when the port is opened.
 *
 * @module
 */
import type { SignalStep, Transport } from "@flashwright/core";
import { Transport as EsptoolTransport } from "esptool-js";

/** The port's signals as Web Serial names them. */
interface Signals {
  readonly dataTerminalReady?: boolean;
  readonly requestToSend?: boolean;
}

/** A serial port as a browser gives it, and what went over it. */
export class WebSerialPort {
  readable: ReadableStream<Uint8Array> | null = null;
  writable: WritableStream<Uint8Array> | null = null;
  /** Every byte that was written, over all openings. */
  readonly written: number[] = [];
  /** The rates that the port was opened with. */
  readonly openedAt: number[] = [];
  #transport: Transport | undefined;

  /** @param connect opens the wire; called for every opening of the port */
  constructor(readonly connect: () => Transport) {}

  async open({ baudRate }: { readonly baudRate: number }): Promise<void> {
    if (this.#transport !== undefined) throw new Error("the port is open already");
    const transport = this.connect();
    this.#transport = transport;
    this.openedAt.push(baudRate);
    await transport.setBaudRate(baudRate);
    this.readable = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const chunk = await transport.read();
          if (chunk === undefined) controller.close();
          else controller.enqueue(chunk);
        },
      },
      { highWaterMark: 0 },
    );
    this.writable = new WritableStream<Uint8Array>({
      write: async (bytes) => {
        for (const byte of bytes) this.written.push(byte);
        await transport.write(bytes);
      },
    });
  }

  async close(): Promise<void> {
    if (this.readable?.locked || this.writable?.locked) throw new TypeError("a stream of the port is locked");
    const transport = this.#transport;
    [this.#transport, this.readable, this.writable] = [undefined, null, null];
    await transport?.close();
  }

  async setSignals({ dataTerminalReady: dtr, requestToSend: rts }: Signals): Promise<void> {
    const step: SignalStep = {
      ...(dtr === undefined ? {} : { dtr }),
      ...(rts === undefined ? {} : { rts }),
    };
    await this.#transport!.signal([step]);
  }

  /** No USB device: esptool-js then takes the board for one with an ordinary bridge. */
  getInfo(): { usbVendorId?: number; usbProductId?: number } {
    return {};
  }
}

/** esptool-js's own transport, without the trace that it prints even where tracing is off. */
export class QuietEsptoolTransport extends EsptoolTransport {
  readonly traced: string[] = [];

  override trace(message: string): void {
    this.traced.push(message);
  }
}

/** Takes what esptool-js says to a person. */
export class Terminal {
  readonly lines: string[] = [];
  clean(): void {}
  write(text: string): void {
    this.lines.push(text);
  }
  writeLine(text: string): void {
    this.lines.push(text);
  }
}
