/** A binding of serialport that is memory: a port with lines, a rate, buffers that fill, and a plug to pull. @module */
import type { SerialBinding } from "@flashwright/node-transport";
import { type FarEnd, FarLog } from "./far-end.js";
import { LINK_BYTES, Pipe } from "./pipe.js";

/** How a mock port behaves beside the usual. */
export interface MockPortOptions {
  /** What opening fails with, in the native binding's words. */
  readonly openError?: string;
}

interface Port {
  readonly inbound: Pipe;
  readonly outbound: Pipe;
  open: boolean;
  unplugged: boolean;
}

/** A binding whose one port ends in `far`. It may be opened again after it was closed. */
export function createMockBinding(options: MockPortOptions = {}): { binding: SerialBinding; far: FarEnd } {
  const log = new FarLog();
  const port: Port = { inbound: new Pipe(), outbound: new Pipe(), open: false, unplugged: false };
  const binding = {
    list: async () => [],
    async open(settings: { baudRate: number }) {
      if (options.openError !== undefined) throw new Error(options.openError);
      if (port.open) throw new Error("Error Resource temporarily unavailable Cannot lock port");
      port.open = true;
      log.baud(settings.baudRate);
      // As the kernel does: both lines up at open, until somebody releases them.
      log.lines(true, true);
      return new MockPort(port, log, settings);
    },
  };
  return { binding: binding as unknown as SerialBinding, far: farEndOf(port, log) };
}

class MockPort {
  isOpen = true;
  readonly openOptions: unknown;
  readonly #port: Port;
  readonly #log: FarLog;

  constructor(port: Port, log: FarLog, openOptions: unknown) {
    this.#port = port;
    this.#log = log;
    this.openOptions = openOptions;
  }

  async read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }> {
    const { inbound } = this.#port;
    while (inbound.size === 0) {
      this.#check();
      await inbound.turn();
    }
    this.#check();
    const bytes = inbound.take(length);
    buffer.set(bytes, offset);
    return { buffer, bytesRead: bytes.length };
  }

  async write(bytes: Buffer): Promise<void> {
    this.#check();
    await this.#port.outbound.put(bytes);
    this.#check();
  }

  async update({ baudRate }: { baudRate: number }): Promise<void> {
    this.#check();
    await this.flush();
    this.#log.baud(baudRate);
  }

  async set({ dtr, rts, brk }: { dtr: boolean; rts: boolean; brk: boolean }): Promise<void> {
    this.#check();
    this.#log.brk(brk);
    this.#log.lines(dtr, rts);
  }

  async get(): Promise<{ cts: boolean; dsr: boolean; dcd: boolean }> {
    this.#check();
    return { cts: false, dsr: false, dcd: false };
  }

  async getBaudRate(): Promise<{ baudRate: number }> {
    return { baudRate: this.#log.only("baud").at(-1)!.baudRate };
  }

  async flush(): Promise<void> {
    this.#check();
    this.#port.inbound.take();
    this.#port.outbound.take();
  }

  async drain(): Promise<void> {
    const { outbound } = this.#port;
    while (outbound.size > 0 && this.isOpen && !this.#port.unplugged) await outbound.turn();
    this.#check();
  }

  async close(): Promise<void> {
    this.isOpen = false;
    this.#port.open = false;
    this.#wakeAll();
  }

  /** As the native binding: a call on a closed port is "canceled", one on an unplugged port fails. */
  #check(): void {
    if (!this.isOpen) throw Object.assign(new Error("Canceled"), { canceled: true });
    if (this.#port.unplugged) throw new Error("bad file descriptor");
  }

  #wakeAll(): void {
    this.#port.outbound.broken = true;
    this.#port.inbound.wake();
    this.#port.outbound.wake();
  }
}

function farEndOf(port: Port, log: FarLog): FarEnd {
  let paused = false;
  let released = false;
  let accepted = 0;
  void (async () => {
    while (!released) {
      if (paused || port.outbound.size === 0) await port.outbound.turn();
      else log.data(port.outbound.take());
    }
  })();
  const wake = () => {
    port.inbound.wake();
    port.outbound.wake();
  };
  return {
    log,
    get acceptedBytes() {
      return accepted;
    },
    async send(bytes, packetSize = LINK_BYTES) {
      for (let at = 0; at < bytes.length; at += packetSize) {
        const packet = bytes.subarray(at, at + packetSize);
        await port.inbound.put(packet);
        accepted += packet.length;
      }
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      wake();
    },
    async hangUp() {
      port.unplugged = true;
      port.outbound.broken = true;
      wake();
    },
    async release() {
      released = true;
      port.inbound.broken = true;
      wake();
    },
  };
}
