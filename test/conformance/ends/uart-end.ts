/**
 * The transport of the virtual board with nothing but a UART behind it: the wire's own parts, put together as the board
 * does it, without a chip that answers.
 *
 * @module
 */
import type { Clock } from "@flashwright/core";
import type { Timeline } from "../../../packages/virtual-device/src/clock/timeline.js";
import { Connection } from "../../../packages/virtual-device/src/wire/connection.js";
import { IncomingLine } from "../../../packages/virtual-device/src/wire/incoming.js";
import { type OutgoingEvents, OutgoingLine } from "../../../packages/virtual-device/src/wire/outgoing.js";
import { type FarEnd, FarLog, type Pair } from "./far-end.js";
import { LINK_BYTES } from "./pipe.js";

/** Fast, so that 4 MiB take few timers at line pace; no test sets this one. */
const BAUD_RATE = 2_000_000;

/** A transport of the board and the chip's side of it, both in the time of `timeline`. */
export function createUartPair(timeline: Timeline, clock: Clock): Pair {
  const chip = new ChipSide(timeline);
  const line = new OutgoingLine(timeline, {}, BAUD_RATE, chip);
  let lostBytes = 0;
  const connection: Connection = new Connection({
    label: "uart",
    capabilities: { lines: "dtr-rts", baudRate: "any" },
    line,
    setTimer: (ms, fire) => clock.setTimer(ms, fire),
    onOverflow: (bytes) => {
      lostBytes += bytes;
    },
    onEnd: () => chip.onLines({ dtr: false, rts: false }),
  });
  let acceptedBytes = 0;
  let arrivedBytes = 0;
  let onArrival = (): void => {};
  const incoming = new IncomingLine(timeline, 0, (bytes) => {
    connection.receive(bytes);
    arrivedBytes += bytes.length;
    onArrival();
  });
  /** A program on the chip waits for its UART; where no time passes, the host gets its turn nevertheless. */
  const untilArrived = async (): Promise<void> => {
    const end = acceptedBytes;
    while (arrivedBytes < end) await new Promise<void>((resolve) => (onArrival = resolve));
    if (!timeline.paced) await new Promise((resolve) => setImmediate(resolve));
  };
  const far: FarEnd = {
    log: chip.log,
    get acceptedBytes() {
      return acceptedBytes;
    },
    get lostBytes() {
      return lostBytes;
    },
    async send(bytes, packetSize = LINK_BYTES) {
      for (let at = 0; at < bytes.length; at += packetSize) {
        const packet = bytes.slice(at, at + packetSize);
        incoming.send(packet, line.baudRate, timeline.now());
        acceptedBytes += packet.length;
        await untilArrived();
      }
    },
    pause: () => chip.pause(),
    resume: () => chip.resume(),
    hangUp: async () => connection.lose("the board was unplugged"),
    release: async () => chip.resume(),
  };
  return { transport: connection, far };
}

/** What arrives at the receive pin, EN and GPIO0. A UART takes all that comes; what can stop is the line, by a fault. */
class ChipSide implements OutgoingEvents {
  readonly log: FarLog;
  #lines = { dtr: false, rts: false };
  #baudRate = BAUD_RATE;
  #isPaused = false;
  #resume: (() => void) | undefined;

  constructor(timeline: Timeline) {
    this.log = new FarLog(() => timeline.now());
  }

  onBytes({ bytes, baudRate }: Parameters<OutgoingEvents["onBytes"]>[0]): void {
    if (baudRate !== this.#baudRate) this.log.baud(baudRate);
    this.#baudRate = baudRate;
    this.log.data(bytes);
  }

  onLines({ dtr, rts }: Parameters<OutgoingEvents["onLines"]>[0]): void {
    this.#lines = { dtr: dtr ?? this.#lines.dtr, rts: rts ?? this.#lines.rts };
    this.log.lines(this.#lines.dtr, this.#lines.rts);
  }

  onBreak(on: boolean): void {
    this.log.brk(on);
  }

  disturb(bytes: Uint8Array): { bytes: Uint8Array; delayMs: number } {
    return { bytes, delayMs: this.#isPaused ? Number.POSITIVE_INFINITY : 0 };
  }

  stall(_ms: number, then: () => void): void {
    this.#resume = then;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  }
}
