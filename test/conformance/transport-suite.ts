/** What every transport does, whatever it is made of. @module */
import { createHash } from "node:crypto";
import type { MessageCode, SignalStep, Transport } from "@flashwright/core";
import { afterEach, describe, expect, it } from "vitest";
import { joinBytes, type Pair } from "./ends/far-end.js";

/** Opening that must fail with a code, or why this kind of transport has no such failure. */
export type Refusal =
  | { readonly code: MessageCode; readonly open: () => Promise<Transport> }
  | { readonly impossible: string };

/** What this kind of transport can and cannot do; what it cannot is asserted as such, not left out. */
export interface TransportTraits {
  readonly capabilities: Transport["capabilities"];
  /** One event at the far end for a step that names both lines. */
  readonly linesTogether?: boolean;
  /** Bytes that were drained before a rate change reach the far end; a pseudo terminal drops what is not read yet. */
  readonly drainReachesFarEnd: boolean;
  /** What the far end sent before it hung up can still be read; an unplugged port drops it. */
  readonly keepsDataAtHangUp: boolean;
  /** Why the far end cannot be held back while nobody reads, and how many bytes are kept for the reader then. */
  readonly unheld?: { readonly reason: string; readonly keptBytes: number };
  /** More bytes than the link can ever hold when nobody reads. */
  readonly stallBytes: number;
  /** Bytes to carry each way at the same time; 4 MiB unless told why it must be less. */
  readonly duplex?: { readonly reason: string; readonly bytes: number };
  /** Why a far end that was held back does not go on afterwards. */
  readonly staysHeld?: string;
  /** Why a write that waits does not learn that the far end has gone. */
  readonly blindWhileWriting?: string;
  readonly missing: Refusal;
  readonly busy: Refusal;
  readonly denied: Refusal;
}

const MIB = 0x100000;
const text = (value: string) => new TextEncoder().encode(value);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Bytes of a fixed sequence in which every value comes up, 0xff and 0xc0 too. */
function noise(size: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = seed >>> 0 || 1;
  for (let at = 0; at < size; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
}

/** The next `count` bytes, however they are cut. Fails when more come in the last chunk, unless that is fine. */
async function readExactly(transport: Transport, count: number, more?: "or more"): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < count) {
    const chunk = await transport.read();
    if (chunk === undefined) throw new Error(`the transport ended after ${size} of ${count} bytes`);
    expect(chunk.length).toBeGreaterThan(0);
    chunks.push(chunk);
    size += chunk.length;
  }
  if (more === undefined) expect(size).toBe(count);
  return joinBytes(chunks);
}

/** Waits until a number stops growing. A pause that is mere slowness does no harm: the callers assert a bound only. */
async function settled(measure: () => number): Promise<number> {
  let last = -1;
  for (let quiet = 0; quiet < 4; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const now = measure();
    quiet = now === last ? quiet + 1 : 0;
    last = now;
  }
  return last;
}

/** A write in pieces that goes on beside the test, and how much of it has been taken. */
function startWriting(
  transport: Transport,
  bytes: Uint8Array,
): { readonly written: number; readonly done: Promise<void> } {
  let written = 0;
  const work = async () => {
    for (let at = 0; at < bytes.length; at += 0x4000) {
      await transport.write(bytes.subarray(at, at + 0x4000));
      written = at + 0x4000;
    }
  };
  const done = work();
  return {
    get written() {
      return written;
    },
    done,
  };
}

/** The code a call fails with. */
async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason as Error,
  );
  return (error as { code?: string }).code ?? error.message;
}

/** A test of something that this kind of transport has. What it lacks is asserted elsewhere, under another name. */
function itIf(has: boolean | undefined): typeof it | typeof nothing {
  return has ? it : nothing;
}

function nothing(_name: string, _body: () => Promise<void>): void {}

/** Runs the contract on transports from `createPair`, which opens a fresh one for each test. */
export function describeTransport(
  name: string,
  traits: TransportTraits,
  createPair: () => Promise<Pair>,
): void {
  describe(name, () => {
    const pairs: Pair[] = [];
    const open = async (): Promise<Pair> => {
      const pair = await createPair();
      pairs.push(pair);
      return pair;
    };
    afterEach(async () => {
      for (const { transport, far } of pairs.splice(0)) {
        transport.abort();
        await transport.closed;
        await far.release();
      }
    });

    it("says what it can do before anything is tried", async () => {
      const { transport } = await open();
      expect(transport.capabilities).toEqual(traits.capabilities);
      expect(transport.label).not.toBe("");
    });

    describeBytes(traits, open);
    describeOrder(traits, open);
    describeLines(traits, open);
    describeBaudRate(traits, open);
    describePressure(traits, open);
    describeFullDuplex(traits, open);
    describeEnd(traits, open);
    describeRefusals(traits);
  });
}

function describeBytes({ duplex }: TransportTraits, open: () => Promise<Pair>): void {
  it("reads what comes one byte at a time, in order", async () => {
    const { transport, far } = await open();
    const bytes = noise(300, 1);
    const [read] = await Promise.all([readExactly(transport, 300), far.send(bytes, 1)]);
    expect(read).toEqual(bytes);
  });

  it("reads what comes all at once", async () => {
    const { transport, far } = await open();
    const bytes = noise(3000, 2);
    const [read] = await Promise.all([readExactly(transport, 3000), far.send(bytes)]);
    expect(read).toEqual(bytes);
  });

  it("reads a pair of bytes that was cut in two: SLIP's db dc, telnet's ff ff", async () => {
    const { transport, far } = await open();
    const halves = [
      Uint8Array.of(0xc0, 0x01, 0xdb),
      Uint8Array.of(0xdc, 0xc0, 0xff),
      Uint8Array.of(0xff, 0x02),
    ];
    for (const half of halves) {
      await far.send(half);
      expect(await readExactly(transport, half.length)).toEqual(half);
    }
  });

  it("passes every byte value both ways unchanged", async () => {
    const { transport, far } = await open();
    const bytes = Uint8Array.from({ length: 512 }, (_, at) => (at < 256 ? at : 511 - at));
    await transport.write(bytes);
    expect(await far.log.take(512)).toEqual(bytes);
    const [read] = await Promise.all([readExactly(transport, 512), far.send(bytes)]);
    expect(read).toEqual(bytes);
  });

  it("hands over plain arrays, whose slice is a copy", async () => {
    const { transport, far } = await open();
    await far.send(text("abc"));
    const chunk = await transport.read();
    expect(Object.getPrototypeOf(chunk)).toBe(Uint8Array.prototype);
  });

  it("leaves the array to the caller once the write has resolved", async () => {
    const { transport, far } = await open();
    const bytes = text("first");
    await transport.write(bytes);
    bytes.fill(0x21);
    await transport.write(text("|"));
    expect(new TextDecoder().decode(await far.log.take(6))).toBe("first|");
  });

  it("takes a write of nothing", async () => {
    const { transport, far } = await open();
    await transport.write(new Uint8Array(0));
    await transport.write(text("x"));
    expect(await far.log.take(1)).toEqual(text("x"));
  });

  it("refuses a second read while one is pending, which then still gets its bytes", async () => {
    const { transport, far } = await open();
    const first = transport.read();
    await expect(transport.read()).rejects.toThrow(/another read/);
    await far.send(text("a"));
    expect(await first).toEqual(text("a"));
  });

  it("discards what was received and not yet read", async () => {
    const { transport, far } = await open();
    // When bytes arrive is not ours to say; late ones only cost another round.
    for (let round = 1; ; round++) {
      await far.send(text("stale"));
      await new Promise((resolve) => setTimeout(resolve, 10 * round));
      await transport.discard();
      await far.send(text("|"));
      let read = "";
      while (!read.endsWith("|")) read += new TextDecoder().decode((await transport.read())!);
      if (read === "|") return;
      expect(round).toBeLessThan(20);
    }
  });

  const { bytes: duplexBytes, reason } = duplex ?? { bytes: 4 * MIB, reason: undefined };
  const why = reason === undefined ? "" : ` (no more: ${reason})`;
  it(`carries ${duplexBytes / MIB} MiB each way at the same time, byte for byte${why}`, async () => {
    const { transport, far } = await open();
    const down = noise(duplexBytes, 3);
    const up = noise(duplexBytes, 4);
    const write = async () => {
      for (let at = 0; at < down.length; at += 0x4000) await transport.write(down.subarray(at, at + 0x4000));
    };
    const [read, received] = await Promise.all([
      readExactly(transport, up.length),
      far.log.take(down.length),
      far.send(up, 0x1000),
      write(),
    ]);
    expect(sha256(read)).toBe(sha256(up));
    expect(sha256(received)).toBe(sha256(down));
  });

  it("carries 1 MiB of nothing but 0xff each way", async () => {
    const { transport, far } = await open();
    const bytes = new Uint8Array(MIB).fill(0xff);
    const [read, received] = await Promise.all([
      readExactly(transport, MIB),
      far.log.take(MIB),
      far.send(bytes),
      transport.write(bytes),
    ]);
    expect(sha256(read)).toBe(sha256(bytes));
    expect(sha256(received)).toBe(sha256(bytes));
  });
}

function describeOrder(traits: TransportTraits, open: () => Promise<Pair>): void {
  it("takes writes in the order in which they were made, also when nobody waits between them", async () => {
    const { transport, far } = await open();
    const writes = Array.from({ length: 50 }, (_, at) => transport.write(text(`${at};`)));
    await Promise.all(writes);
    const expected = Array.from({ length: 50 }, (_, at) => `${at};`).join("");
    expect(new TextDecoder().decode(await far.log.take(expected.length))).toBe(expected);
  });

  itIf(traits.capabilities.lines === "dtr-rts")("keeps writes and line steps in order", async () => {
    const { transport, far } = await open();
    far.log.forget();
    await Promise.all([
      transport.write(text("before")),
      transport.signal([{ dtr: true, rts: true }]),
      transport.write(text("between")),
      transport.signal([{ dtr: false, rts: false }]),
      transport.write(text("after")),
    ]);
    await far.log.take("beforebetweenafter".length);
    const seen = far.log.words();
    expect(seen.filter((word) => word.startsWith("data"))).toEqual([
      'data "before"',
      'data "between"',
      'data "after"',
    ]);
    expect(seen.indexOf("dtr=1 rts=1")).toBeLessThan(seen.indexOf('data "between"'));
    expect(seen.indexOf("dtr=0 rts=0")).toBeLessThan(seen.indexOf('data "after"'));
    expect(seen.indexOf('data "before"')).toBe(0);
  });

  itIf(traits.capabilities.baudRate === "any" && traits.drainReachesFarEnd)(
    "drains before a baud change, in order with writes",
    async () => {
      const { transport, far } = await open();
      far.log.forget();
      const block = "x".repeat(3000);
      await Promise.all([
        transport.write(text(block)),
        transport.setBaudRate(921600),
        transport.write(text("after")),
      ]);
      await far.log.take(3005);
      // A port that is opened again for its rate moves its lines.
      const seen = far.log.words().filter((word) => !word.startsWith("dtr"));
      expect(seen).toEqual([`data "${block}"`, "921600 baud", 'data "after"']);
    },
  );

  itIf(!traits.drainReachesFarEnd)("keeps bytes that the far end took before a baud change", async () => {
    const { transport, far } = await open();
    await transport.write(text("before"));
    expect(await far.log.take(6)).toEqual(text("before"));
    await Promise.all([transport.setBaudRate(921600), transport.write(text("after"))]);
    expect(await far.log.take(5)).toEqual(text("after"));
  });
}

function describeLines(traits: TransportTraits, open: () => Promise<Pair>): void {
  const state = (pair: Pair) => pair.far.log.words().filter((word) => word.startsWith("dtr"));
  /** Without the events that changed nothing, beginning with both lines released. */
  const changes = (pair: Pair) =>
    ["dtr=0 rts=0", ...state(pair)].filter((word, at, all) => word !== all[at - 1]);

  if (traits.capabilities.lines === "none") {
    it("answers a line step with port-lines-missing, and goes on", async () => {
      const { transport, far } = await open();
      expect(await codeOf(transport.signal([{ dtr: true }]))).toBe("port-lines-missing");
      await transport.write(text("still here"));
      expect(await far.log.take(10)).toEqual(text("still here"));
    });
    return;
  }

  it("keeps the line that a step does not name", async () => {
    const pair = await open();
    pair.far.log.forget();
    await pair.transport.signal([
      { dtr: true },
      { rts: true },
      { dtr: false },
      { waitMs: 1 },
      { rts: false },
    ]);
    expect(changes(pair)).toEqual([
      "dtr=0 rts=0",
      "dtr=1 rts=0",
      "dtr=1 rts=1",
      "dtr=0 rts=1",
      "dtr=0 rts=0",
    ]);
  });

  itIf(traits.linesTogether)("sets both lines of a step at once", async () => {
    const pair = await open();
    pair.far.log.forget();
    await pair.transport.signal([
      { dtr: false, rts: true },
      { dtr: true, rts: false },
    ]);
    expect(state(pair)).toEqual(["dtr=0 rts=1", "dtr=1 rts=0"]);
  });

  it("holds a break between the bytes before and after it, and moves no other line", async () => {
    const pair = await open();
    pair.far.log.forget();
    await Promise.all([
      pair.transport.write(text("before")),
      pair.transport.signal([{ brk: true, waitMs: 10 }, { brk: false }]),
      pair.transport.write(text("after")),
    ]);
    await pair.far.log.take("beforeafter".length);
    const seen = pair.far.log.words();
    expect(seen.filter((word) => !word.startsWith("dtr"))).toEqual([
      'data "before"',
      "break",
      "end of break",
      'data "after"',
    ]);
    expect(changes(pair)).toEqual(["dtr=0 rts=0"]);
  });

  it("runs a sequence with waits of 10 ms in order, and not faster", async () => {
    const pair = await open();
    pair.far.log.forget();
    const sequence: SignalStep[] = [
      { dtr: false, rts: true, waitMs: 10 },
      { dtr: true, rts: true, waitMs: 10 },
      { dtr: true, rts: false, waitMs: 10 },
      { dtr: false, rts: false },
    ];
    await pair.transport.signal(sequence);
    expect(changes(pair)).toEqual([
      "dtr=0 rts=0",
      "dtr=0 rts=1",
      "dtr=1 rts=1",
      "dtr=1 rts=0",
      "dtr=0 rts=0",
    ]);
    const lines = pair.far.log.only("lines");
    // A timer may fire up to a millisecond early; later is always possible.
    expect(lines.at(-1)!.atMs - lines[0]!.atMs).toBeGreaterThanOrEqual(27);
  });
}

function describeBaudRate(traits: TransportTraits, open: () => Promise<Pair>): void {
  if (traits.capabilities.baudRate === "fixed") {
    it("accepts every rate and changes nothing", async () => {
      const { transport, far } = await open();
      await transport.setBaudRate(921600);
      await transport.write(text("same"));
      expect(await far.log.take(4)).toEqual(text("same"));
      expect(far.log.words()).not.toContain("921600 baud");
    });
    return;
  }

  it("sets rates of the table and others", async () => {
    const { transport, far } = await open();
    far.log.forget();
    for (const baudRate of [74880, 921600, 1234567]) {
      await transport.setBaudRate(baudRate);
      // On a bare UART a rate shows in the bytes that come at it, and in nothing else.
      await transport.write(text("U"));
      await far.log.until(() => far.log.only("baud").at(-1)?.baudRate === baudRate);
    }
    const rates = far.log.only("baud").map((event) => event.baudRate);
    // A port that is opened again has the rate of before for a moment.
    const changes = rates.filter((rate, at) => rate !== rates[at - 1] && rate !== 115200);
    expect(changes).toEqual([74880, 921600, 1234567]);
  });

  it("refuses a rate of nothing with port-baud-refused, and goes on", async () => {
    const { transport, far } = await open();
    expect(await codeOf(transport.setBaudRate(0))).toBe("port-baud-refused");
    await transport.write(text("on"));
    expect(await far.log.take(2)).toEqual(text("on"));
  });

  it("survives bytes that come during a baud change, and reads all that come after it", async () => {
    const { transport, far } = await open();
    const collected: Uint8Array[] = [];
    const reading = (async () => {
      for (let chunk = await transport.read(); chunk !== undefined; chunk = await transport.read()) {
        collected.push(chunk);
        if (new TextDecoder().decode(joinBytes(collected)).endsWith("|after")) return;
      }
    })();
    const change = transport.setBaudRate(230400);
    for (let at = 0; at < 20; at++) await far.send(text("during"));
    await change;
    await far.send(text("|after"));
    await reading;
    // What came while the rate changed may be lost (the driver flushes), but never reordered or invented.
    expect(new TextDecoder().decode(joinBytes(collected))).toMatch(/^[during]*\|after$/);
  });
}

function describePressure(traits: TransportTraits, open: () => Promise<Pair>): void {
  const { unheld, staysHeld } = traits;
  if (staysHeld !== undefined) {
    it(`holds the far end back while nobody reads, and changes none of what comes: ${staysHeld}`, async () => {
      const { transport, far } = await open();
      const bytes = noise(traits.stallBytes, 5);
      void far.send(bytes, 0x4000).catch(() => {});
      const accepted = await settled(() => far.acceptedBytes);
      expect(accepted).toBeLessThan(bytes.length);
      const read = await readExactly(transport, MIB, "or more");
      expect(sha256(read)).toBe(sha256(bytes.subarray(0, read.length)));
    });
  } else if (unheld === undefined) {
    it("holds the far end back while nobody reads, and loses nothing", async () => {
      const { transport, far } = await open();
      const bytes = noise(traits.stallBytes, 5);
      const sending = far.send(bytes, 0x4000);
      expect(await settled(() => far.acceptedBytes)).toBeLessThan(bytes.length);
      const [read] = await Promise.all([readExactly(transport, bytes.length), sending]);
      expect(sha256(read)).toBe(sha256(bytes));
    });
  } else {
    it(`keeps ${unheld.keptBytes} bytes while nobody reads, counts the others as lost, and goes on: ${unheld.reason}`, async () => {
      const { transport, far } = await open();
      const bytes = noise(traits.stallBytes, 5);
      // An odd packet, so that the limit falls within one.
      await far.send(bytes, 0x3ffd);
      expect(await settled(() => far.acceptedBytes)).toBe(bytes.length);
      expect(sha256(await readExactly(transport, unheld.keptBytes))).toBe(
        sha256(bytes.subarray(0, unheld.keptBytes)),
      );
      await far.send(text("after"));
      expect(await readExactly(transport, 5)).toEqual(text("after"));
      expect(far.lostBytes).toBe(bytes.length - unheld.keptBytes);
    });
  }

  it("holds the writer back while the far end does not read, and loses nothing", async () => {
    const { transport, far } = await open();
    far.pause();
    const bytes = noise(traits.stallBytes, 6);
    const writing = startWriting(transport, bytes);
    expect(await settled(() => writing.written)).toBeLessThan(bytes.length);
    far.resume();
    await writing.done;
    expect(sha256(await far.log.take(bytes.length))).toBe(sha256(bytes));
  });
}

function describeFullDuplex(traits: TransportTraits, open: () => Promise<Pair>): void {
  it("receives while a write waits for the far end", async () => {
    const { transport, far } = await open();
    far.pause();
    const bytes = noise(traits.stallBytes, 11);
    const writing = startWriting(transport, bytes);
    expect(await settled(() => writing.written)).toBeLessThan(bytes.length);
    await far.send(text("in between"));
    expect(await readExactly(transport, 10)).toEqual(text("in between"));
    far.resume();
    await writing.done;
  });
}

function describeEnd(traits: TransportTraits, open: () => Promise<Pair>): void {
  const everyCall = (transport: Transport) => [
    transport.write(text("x")),
    transport.drain(),
    transport.discard(),
    transport.signal([{ dtr: true }]),
    transport.setBaudRate(9600),
  ];

  it("ends a pending read at close, with the reason closed", async () => {
    const { transport } = await open();
    const pending = transport.read();
    await transport.close();
    expect(await pending).toBeUndefined();
    expect(await transport.read()).toBeUndefined();
    expect((await transport.closed).reason).toBe("closed");
  });

  it("ends a pending read at abort, with the reason closed", async () => {
    const { transport } = await open();
    const pending = transport.read();
    transport.abort();
    expect(await pending).toBeUndefined();
    expect((await transport.closed).reason).toBe("closed");
  });

  it("ends a pending read when the far end goes, with the reason lost, also when idle", async () => {
    const { transport, far } = await open();
    const pending = transport.read();
    await far.hangUp();
    expect(await pending).toBeUndefined();
    expect((await transport.closed).reason).toBe("lost");
  });

  it("notices that the far end goes when nobody reads", async () => {
    const { transport, far } = await open();
    await far.hangUp();
    expect((await transport.closed).reason).toBe("lost");
  });

  itIf(traits.keepsDataAtHangUp)("still reads what was sent before the far end went", async () => {
    const { transport, far } = await open();
    await far.send(text("last words"));
    await far.hangUp();
    expect(await readExactly(transport, 10)).toEqual(text("last words"));
    expect(await transport.read()).toBeUndefined();
  });

  it("delivers what was written before close, also when nobody waited for it", async () => {
    const { transport, far } = await open();
    const bytes = noise(5000, 7);
    const write = transport.write(bytes);
    await transport.close();
    await write;
    expect(await far.log.take(5000)).toEqual(bytes);
  });

  it("closes within its limit when the far end takes nothing", async () => {
    const { transport, far } = await open();
    far.pause();
    const write = transport.write(noise(traits.stallBytes, 8));
    const failed = codeOf(write);
    await transport.close();
    expect(await failed).toBe("port-closed");
  });

  it("rejects a pending write at abort", async () => {
    const { transport, far } = await open();
    far.pause();
    const failed = codeOf(transport.write(noise(traits.stallBytes, 9)));
    const queued = codeOf(transport.write(text("never")));
    transport.abort();
    expect(await Promise.all([failed, queued])).toEqual(["port-closed", "port-closed"]);
  });

  it("closes twice, aborts after that, and closes again", async () => {
    const { transport } = await open();
    await Promise.all([transport.close(), transport.close()]);
    transport.abort();
    await transport.close();
    expect((await transport.closed).reason).toBe("closed");
  });

  it("answers every call after close with port-closed", async () => {
    const { transport } = await open();
    await transport.close();
    expect(await Promise.all(everyCall(transport).map(codeOf))).toEqual(new Array(5).fill("port-closed"));
  });

  it("answers every call after the far end went with port-lost", async () => {
    const { transport, far } = await open();
    await far.hangUp();
    await transport.closed;
    expect(await Promise.all(everyCall(transport).map(codeOf))).toEqual(new Array(5).fill("port-lost"));
    await transport.close();
  });

  const { blindWhileWriting } = traits;
  if (blindWhileWriting !== undefined) {
    it(`ends a write that waits by abort alone when the far end has gone: ${blindWhileWriting}`, async () => {
      const { transport, far } = await open();
      far.pause();
      const failed = codeOf(transport.write(noise(traits.stallBytes, 10)));
      await far.hangUp();
      transport.abort();
      expect(await failed).toBe("port-closed");
    });
    return;
  }

  it("fails a write that waits when the far end goes with port-lost", async () => {
    const { transport, far } = await open();
    far.pause();
    const failed = codeOf(transport.write(noise(traits.stallBytes, 10)));
    await far.hangUp();
    expect(await failed).toBe("port-lost");
  });
}

function describeRefusals(traits: TransportTraits): void {
  for (const kind of ["missing", "busy", "denied"] as const) {
    const refusal = traits[kind];
    if ("impossible" in refusal) {
      it(`has no failure for a ${kind} port: ${refusal.impossible}`, () => {
        expect(refusal.impossible).not.toBe("");
      });
      continue;
    }
    it(`answers a ${kind} port with ${refusal.code}`, async () => {
      expect(await codeOf(refusal.open())).toBe(refusal.code);
    });
  }
}
