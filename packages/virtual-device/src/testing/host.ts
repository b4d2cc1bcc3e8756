/** The least of a host that tests can drive the device with: bytes out, frames in. @module */
import type { Transport } from "@flashwright/core";
import { textBytes, writeU32, xorChecksum } from "../bytes.js";
import type { VirtualBoard } from "../virtual-board.js";
import { STUB_DATA_ADDRESS, STUB_ENTRY, STUB_TEXT_ADDRESS, stubData, stubText } from "./stub-image.js";

/** `c0 00 08` and the like to bytes; blanks are free. */
export function unhex(text: string): Uint8Array {
  const digits = text.replace(/\s+/g, "");
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
    Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  );
}

/** Bytes as `c0 00 08`. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** Words, little-endian. */
export function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  for (const [i, value] of values.entries()) writeU32(bytes, 4 * i, value);
  return bytes;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

/** SLIP, written by replacement so that it shares nothing with the device's own. */
export function slip(packet: Uint8Array): Uint8Array {
  const out: number[] = [0xc0];
  for (const byte of packet) {
    if (byte === 0xc0) out.push(0xdb, 0xdc);
    else if (byte === 0xdb) out.push(0xdb, 0xdd);
    else out.push(byte);
  }
  return Uint8Array.from([...out, 0xc0]);
}

/** A request frame. */
export function request(opcode: number, body: Uint8Array, checksum = 0): Uint8Array {
  return slip(concat(Uint8Array.of(0, opcode, body.length & 0xff, body.length >> 8), words(checksum), body));
}

/** The body of a *_DATA request and its checksum. */
export function dataRequest(opcode: number, payload: Uint8Array, sequence: number): Uint8Array {
  const body = new Uint8Array(16 + payload.length);
  body.set(words(payload.length, sequence, 0, 0));
  body.set(payload, 16);
  return request(opcode, body, xorChecksum(payload));
}

export const SYNC = request(0x08, concat(unhex("07 07 12 20"), new Uint8Array(32).fill(0x55)));

/** Talks to a board and never waits: unlimited pace has answered when `write` returns. */
export class Host {
  readonly transport: Transport;
  readonly #frames: Uint8Array[] = [];
  #waiter: (() => void) | undefined;
  #partial: number[] | undefined;
  #escaped = false;
  #pump: Promise<void>;

  constructor(board: VirtualBoard) {
    this.transport = board.transport;
    this.#pump = this.#readAll();
  }

  /** The next frame, whenever it comes. */
  async frame(): Promise<string> {
    while (this.#frames.length === 0) {
      await new Promise<void>((resolve) => {
        this.#waiter = resolve;
      });
    }
    return toHex(this.#frames.shift()!);
  }

  /** When the next frame has begun to arrive: at the first of its bytes that can be read. */
  async frameBegin(): Promise<void> {
    while (this.#frames.length === 0 && !this.#partial?.length) {
      await new Promise<void>((resolve) => {
        this.#waiter = resolve;
      });
    }
  }

  /** Sends and waits for one frame: for boards in line pace, where answers take time. */
  async exchange(bytes: Uint8Array): Promise<string> {
    await this.transport.write(bytes);
    return this.frame();
  }

  /** Ends when the connection does. */
  get finished(): Promise<void> {
    return this.#pump;
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.transport.write(bytes);
    await settled();
  }

  /** Frames that came in since the last call, as hex. */
  takeFrames(): string[] {
    return this.#frames.splice(0).map(toHex);
  }

  /** Sends and gives back the frames that answered, as hex. */
  async ask(bytes: Uint8Array): Promise<string[]> {
    await settled();
    this.#frames.length = 0;
    await this.write(bytes);
    return this.takeFrames();
  }

  /** A request's status bytes, such as `00 00`; the last reply counts. */
  async status(opcode: number, body: Uint8Array, checksum = 0): Promise<string> {
    const frames = await this.ask(request(opcode, body, checksum));
    return frames.at(-1)?.slice(-5) ?? "silence";
  }

  async sendData(opcode: number, payload: Uint8Array, sequence: number): Promise<string> {
    const frames = await this.ask(dataRequest(opcode, payload, sequence));
    return frames.at(-1)?.slice(-5) ?? "silence";
  }

  async readReg(address: number): Promise<number> {
    const [reply] = await this.ask(request(0x0a, words(address)));
    const bytes = unhex(reply ?? "");
    return (bytes[4]! | (bytes[5]! << 8) | (bytes[6]! << 16) | (bytes[7]! << 24)) >>> 0;
  }

  async writeReg(...entries: readonly (readonly [number, number, number?, number?])[]): Promise<string> {
    const body = concat(
      ...entries.map(([address, value, mask = 0xffffffff, delay = 0]) => words(address, value, mask, delay)),
    );
    return this.status(0x09, body);
  }

  /** Resets into the ROM loader with the classic sequence. */
  async enterLoader(): Promise<void> {
    await this.transport.signal([
      { dtr: false, rts: true, waitMs: 100 },
      { dtr: true, rts: false, waitMs: 50 },
      { dtr: false },
    ]);
    await settled();
    this.#forget();
  }

  /** Into the loader, and past the measurement. */
  async connect(): Promise<void> {
    await this.enterLoader();
    await this.write(SYNC);
    this.#forget();
    const replies = await this.ask(SYNC);
    if (replies.length !== 8) throw new Error(`${replies.length} replies to SYNC`);
  }

  async upload(address: number, bytes: Uint8Array, blockSize = 0x1800): Promise<void> {
    const blocks = Math.ceil(bytes.length / blockSize);
    await this.status(0x05, words(bytes.length, blocks, blockSize, address));
    for (let i = 0; i < blocks; i++)
      await this.sendData(0x07, bytes.subarray(i * blockSize, (i + 1) * blockSize), i);
  }

  /** Connects, uploads the genuine stub and runs it. */
  async startStub(): Promise<void> {
    await this.connect();
    await this.status(0x02, words(0, 0, 0x400, 0));
    await this.upload(STUB_TEXT_ADDRESS, stubText);
    await this.upload(STUB_DATA_ADDRESS, stubData);
    const frames = await this.ask(request(0x06, words(0, STUB_ENTRY)));
    if (frames.at(-1) !== toHex(textBytes("OHAI"))) throw new Error(`no OHAI: ${frames.join(" | ")}`);
  }

  #forget(): void {
    this.#frames.length = 0;
    this.#partial = undefined;
    this.#escaped = false;
  }

  async #readAll(): Promise<void> {
    for (;;) {
      const bytes = await this.transport.read();
      if (bytes === undefined) return;
      for (const byte of bytes) this.#put(byte);
      this.#waiter?.();
    }
  }

  #put(byte: number): void {
    if (byte === 0xc0) {
      if (this.#partial !== undefined && this.#partial.length > 0) {
        this.#frames.push(Uint8Array.from(this.#partial));
        this.#partial = undefined;
      } else this.#partial = [];
    } else if (this.#partial === undefined) return;
    else if (this.#escaped) {
      this.#partial.push(byte === 0xdc ? 0xc0 : 0xdb);
      this.#escaped = false;
    } else if (byte === 0xdb) this.#escaped = true;
    else this.#partial.push(byte);
  }
}

/** Lets everything that is ready run. */
export async function settled(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}
