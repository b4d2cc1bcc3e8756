/** A board with firmware that answers, made or real, in no time. @module */
import { madeUserImage, phyInit } from "../../../../test/support/made-firmware.js";
import { realBoot } from "../../../../test/support/real-firmware.js";
import { textBytes } from "../bytes.js";
import { type BoardName, createVirtualBoard } from "../index.js";
import type { VirtualBoard } from "../virtual-board.js";

/** What lies on the board. */
export interface BenchOptions {
  readonly board?: BoardName;
  /** Code of the flash map, the high nibble of the header's fourth byte. */
  readonly map: number;
  readonly bootLoader?: "1.6" | "1.7";
  readonly version?: string;
  readonly build?: "ESP8266_BOARD" | "ESP8266_4MB";
  /** Bytes of the made image. */
  readonly size?: number;
  /** Another image than the made Espruino. */
  readonly image?: Uint8Array;
  /** Written after all else, by offset. */
  readonly parts?: Readonly<Record<number, Uint8Array>>;
}

/** A board, and someone who types on it. */
export interface PersonaBench {
  readonly board: VirtualBoard;
  /** Sends text and gives what the board sends for it, echo included. */
  send(text: string): string;
  /** Types a line and gives what comes between the echo and the next prompt. */
  type(line: string): string;
  /** Offsets of the sectors that are not as they were when this was last asked, or when the flash was made. */
  changedSectors(): string[];
}

const mapSizes = [0x80000, 0x40000, 0x100000, 0x200000, 0x400000, 0x200000, 0x400000, 0x400000, 0x800000];

/** Bytes of flash that a map describes. */
export const mapSize = (map: number): number => mapSizes[map] ?? 0x1000000;

/** A size that fits every place where an image of this build may lie. */
const usualSize = { ESP8266_BOARD: 466_260, ESP8266_4MB: 491_524 } as const;

/** Puts the flash together and plugs the board in. */
export function personaBench(options: BenchOptions): PersonaBench {
  const { board: name = "esp-12f", map, bootLoader = "1.6", build = "ESP8266_BOARD" } = options;
  const flash = createVirtualBoard({ board: name }).flash.slice();
  const image =
    options.image ??
    madeUserImage({ build, version: options.version ?? "2v09", size: options.size ?? usualSize[build] });
  flash.set(realBoot(bootLoader, 2, map << 4));
  flash.set(image, 0x1000);
  flash.set(phyInit(), (mapSize(map) - 0x4000) % flash.length);
  for (const [offset, bytes] of Object.entries(options.parts ?? {})) flash.set(bytes, Number(offset));
  return new Bench(createVirtualBoard({ board: name, flash }), flash);
}

class Bench implements PersonaBench {
  readonly board: VirtualBoard;
  #known: Uint8Array;

  constructor(board: VirtualBoard, flash: Uint8Array) {
    this.board = board;
    this.#known = flash;
  }

  send(text: string): string {
    const before = this.board.uartLog.length;
    void this.board.transport.write(textBytes(text));
    return this.board.uartLog.slice(before);
  }

  type(line: string): string {
    const answer = this.send(`${line}\n`);
    const start = `${line}\r\n`;
    if (!answer.startsWith(start) || !answer.endsWith(">")) throw new Error(`no answer, but ${answer}`);
    return answer.slice(start.length, -1);
  }

  changedSectors(): string[] {
    const before = this.#known;
    this.#known = this.board.flash.slice();
    const changed: string[] = [];
    for (let at = 0; at < before.length; at += 0x1000) {
      const end = at + 0x1000;
      if (Buffer.compare(before.subarray(at, end), this.#known.subarray(at, end)) !== 0) {
        changed.push(`0x${at.toString(16)}`);
      }
    }
    return changed;
  }
}
