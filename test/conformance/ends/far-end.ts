/** The other end of a transport under test: what it can be told to do, and what it saw. @module */
import type { Transport } from "@flashwright/core";

/** What reached the far end, in its order. Neighbouring data is one event. */
export type FarEvent =
  | { readonly kind: "data"; readonly bytes: Uint8Array }
  | { readonly kind: "lines"; readonly dtr: boolean; readonly rts: boolean; readonly atMs: number }
  | { readonly kind: "break"; readonly on: boolean }
  | { readonly kind: "baud"; readonly baudRate: number };

/** The far end of one open transport. */
export interface FarEnd {
  readonly log: FarLog;
  /** Bytes of all `send` calls that the link has taken so far. */
  readonly acceptedBytes: number;
  /**
   * Bytes that the link took and lost because nobody read, known at the latest when what came after them has been read;
   * only where the far end cannot be held back.
   */
  readonly lostBytes?: number;
  /** Sends bytes in packets of `packetSize`; resolves when the link has taken them all. */
  send(bytes: Uint8Array, packetSize?: number): Promise<void>;
  /** Stops taking what the transport writes. */
  pause(): void;
  resume(): void;
  /** Goes away without a word: an unplugged cable, a dead server. */
  hangUp(): Promise<void>;
  /** Gives back what the pair holds; called once after each test, also after `hangUp`. */
  release(): Promise<void>;
}

/** A transport and its far end. */
export interface Pair {
  readonly transport: Transport;
  readonly far: FarEnd;
}

/** Collects what a far end sees; data can be waited for and taken. */
export class FarLog {
  readonly #now: () => number;
  readonly #events: FarEvent[] = [];
  #chunks: Uint8Array[] = [];
  #size = 0;
  #changed: (() => void)[] = [];
  #isBreak = false;

  /** @param now milliseconds, for the times of line changes */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Bytes that arrived and were not taken yet. */
  get waitingBytes(): number {
    return this.#size;
  }

  data(bytes: Uint8Array): void {
    const copy = Uint8Array.from(bytes);
    this.#chunks.push(copy);
    this.#size += copy.length;
    this.#add({ kind: "data", bytes: copy });
  }

  lines(dtr: boolean, rts: boolean): void {
    this.#add({ kind: "lines", dtr, rts, atMs: this.#now() });
  }

  /** A break that is there already, or has ended already, is no event. */
  brk(on: boolean): void {
    if (on === this.#isBreak) return;
    this.#isBreak = on;
    this.#add({ kind: "break", on });
  }

  baud(baudRate: number): void {
    this.#add({ kind: "baud", baudRate });
  }

  /** The next `count` bytes, waiting for them. */
  async take(count: number): Promise<Uint8Array> {
    await this.until(() => this.#size >= count);
    const all = joinBytes(this.#chunks);
    this.#chunks = [all.subarray(count)];
    this.#size = all.length - count;
    return all.slice(0, count);
  }

  /** Resolves when the condition holds, checked at each event. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#changed.push(resolve));
  }

  /** Events in short words: `data "abc"`, `dtr=1 rts=0`, `break`, `74880 baud`. */
  words(): string[] {
    return merge(this.#events).map((event) => {
      if (event.kind === "data") return `data ${JSON.stringify(new TextDecoder().decode(event.bytes))}`;
      if (event.kind === "break") return event.on ? "break" : "end of break";
      if (event.kind === "baud") return `${event.baudRate} baud`;
      return `dtr=${Number(event.dtr)} rts=${Number(event.rts)}`;
    });
  }

  /** Only line changes, or only rates, or only data. */
  only<K extends FarEvent["kind"]>(kind: K): Extract<FarEvent, { kind: K }>[] {
    return this.#events.filter((event): event is Extract<FarEvent, { kind: K }> => event.kind === kind);
  }

  /** Forgets the events so far; data stays to be taken. */
  forget(): void {
    this.#events.length = 0;
  }

  #add(event: FarEvent): void {
    this.#events.push(event);
    const waiting = this.#changed;
    this.#changed = [];
    for (const resolve of waiting) resolve();
  }
}

function merge(events: readonly FarEvent[]): FarEvent[] {
  const merged: FarEvent[] = [];
  for (const event of events) {
    const last = merged.at(-1);
    if (event.kind === "data" && last?.kind === "data")
      merged[merged.length - 1] = { kind: "data", bytes: joinBytes([last.bytes, event.bytes]) };
    else merged.push(event);
  }
  return merged;
}

/** Chunks as one array. */
export function joinBytes(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
