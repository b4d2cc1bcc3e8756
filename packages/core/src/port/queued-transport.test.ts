import { describe, expect, it } from "vitest";
import { ManualClock } from "../testing/manual-clock.fixture.js";
import type { PortDriver } from "./port-driver.js";
import { QueuedTransport } from "./queued-transport.js";
import { ReceiveQueue } from "./receive-queue.js";

/** A driver that writes down what it is told; a verb in `stuck` never finishes. */
function scripted(stuck: readonly string[] = []) {
  const seen: string[] = [];
  const verb = (name: string, ...words: unknown[]) => {
    seen.push([name, ...words].join(" "));
    return stuck.includes(name) ? new Promise<void>(() => {}) : Promise.resolve();
  };
  const driver: PortDriver = {
    bufferBytes: 1000,
    write: (bytes) => verb("write", bytes.length),
    drain: () => verb("drain"),
    setLines: ({ dtr, rts, brk }) => verb("lines", Number(dtr), Number(rts), ...(brk ? ["break"] : [])),
    setBaudRate: (baudRate) => verb("rate", baudRate),
    discard: () => verb("discard"),
    pause: () => void verb("pause"),
    resume: () => void verb("resume"),
    release: ({ dropUnsent }) => verb("release", dropUnsent ? "dropping" : "after sending"),
  };
  const clock = new ManualClock();
  const received = new ReceiveQueue();
  const transport = new QueuedTransport({
    label: "/dev/ttyUSB0",
    capabilities: { lines: "dtr-rts", baudRate: "any" },
    driver,
    received,
    clock,
    baudRate: 115200,
  });
  return { transport, seen, clock, received, driver };
}

/** Lets everything run that waits for nothing but its turn. */
const turns = () => new Promise((resolve) => setImmediate(resolve));

const failure = (call: Promise<unknown>) =>
  call.then(
    () => "it did not fail",
    (error: Error) => `${(error as { code?: string }).code}: ${error.message}`,
  );

describe("order", () => {
  it("runs calls one after the other and drains before lines, rate and discard, if anything was written", async () => {
    const { transport, seen } = scripted();
    await Promise.all([
      transport.write(new Uint8Array(3)),
      transport.signal([{ dtr: true }, { rts: true }]),
      transport.setBaudRate(921600),
      transport.write(new Uint8Array(2)),
      transport.setBaudRate(74880),
      transport.drain(),
      transport.discard(),
    ]);
    expect(seen).toEqual([
      ...["write 3", "drain", "lines 1 0", "lines 1 1", "rate 921600"],
      ...["write 2", "drain", "rate 74880", "discard"],
    ]);
  });

  it("waits on the clock between the steps of a signal", async () => {
    const { transport, seen, clock } = scripted();
    const signal = transport.signal([{ rts: true, waitMs: 100 }, { waitMs: 50 }, { rts: false }]);
    await turns();
    expect(seen).toEqual(["lines 0 1"]);
    await clock.advance(100);
    await turns();
    await clock.advance(49);
    await turns();
    expect(seen).toEqual(["lines 0 1"]);
    await clock.advance(1);
    await signal;
    expect(seen).toEqual(["lines 0 1", "lines 0 0"]);
  });

  it("goes on after a call that failed", async () => {
    const { transport, seen } = scripted();
    expect(await failure(transport.setBaudRate(1.5))).toMatch(
      /^port-baud-refused: \/dev\/ttyUSB0 refuses 1.5 baud/,
    );
    await transport.write(new Uint8Array(1));
    expect(seen).toEqual(["write 1"]);
  });
});

describe("deadlines", () => {
  it("gives a drain 2 s and twice the line time of what the port can hold", async () => {
    const { transport, clock } = scripted(["drain"]);
    await transport.write(new Uint8Array(5000));
    const drain = failure(transport.drain());
    await turns();
    // 1000 of the 5000 bytes can be under way: 10 000 bits at 115200 bit/s, twice.
    await clock.advance(2173);
    await turns();
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(await drain).toBe(
      "port-failed: /dev/ttyUSB0 failed: what was written did not leave within 2174 ms",
    );
  });

  it.each([
    ["lines", (transport: QueuedTransport) => transport.signal([{ dtr: true }])],
    ["rate", (transport: QueuedTransport) => transport.setBaudRate(9600)],
    ["discard", (transport: QueuedTransport) => transport.discard()],
  ])("gives up after 5 s when the driver hangs in %s", async (stuck, call) => {
    const { transport, clock } = scripted([stuck]);
    const failed = failure(call(transport));
    await turns();
    await clock.advance(5000);
    expect(await failed).toBe("port-failed: /dev/ttyUSB0 failed: no answer within 5000 ms");
  });

  it("closes after 1 s although a write hangs, and drops what was not sent", async () => {
    const { transport, seen, clock } = scripted(["write"]);
    const write = failure(transport.write(new Uint8Array(9)));
    const close = transport.close();
    await turns();
    await clock.advance(999);
    await turns();
    expect(seen).toEqual(["write 9"]);
    await clock.advance(1);
    await close;
    expect(seen).toEqual(["write 9", "release dropping"]);
    expect(await write).toMatch(/^port-closed/);
  });

  it("is closed 2 s after abort although the system does not let go of the port", async () => {
    const { transport, clock } = scripted(["release"]);
    transport.abort();
    await turns();
    await clock.advance(2000);
    expect(await transport.closed).toEqual({ reason: "closed" });
  });

  it("leaves no timer behind when it is aborted inside a wait", async () => {
    const { transport, clock } = scripted();
    const signal = failure(transport.signal([{ dtr: true, waitMs: 60_000 }]));
    await turns();
    transport.abort();
    expect(await signal).toMatch(/^port-closed/);
    await transport.closed;
    expect(clock.pending).toBe(0);
  });
});

describe("a driver far from its port", () => {
  it("gets a sequence whole and with time for its waits", async () => {
    const { transport, seen, clock, driver } = scripted();
    let finish = () => {};
    driver.signal = (steps) => {
      seen.push(JSON.stringify(steps));
      return new Promise((resolve) => {
        finish = resolve;
      });
    };
    const steps = [{ dtr: false, rts: true, waitMs: 4000 }, { rts: false }];
    const done = transport.signal(steps);
    await clock.advance(8999);
    finish();
    await done;
    expect(seen).toEqual([JSON.stringify(steps)]);
    const late = failure(transport.signal(steps));
    await turns();
    await clock.advance(9000);
    expect(await late).toMatch(/^port-failed: .*no answer within 9000 ms/);
  });

  it("is told what was taken", async () => {
    const { transport, seen, received, driver } = scripted();
    driver.taken = (byteCount) => seen.push(`taken ${byteCount}`);
    received.push(new Uint8Array(7));
    await transport.read();
    expect(seen).toEqual(["taken 7"]);
  });
});

describe("the end", () => {
  it("drains what was written before it lets go", async () => {
    const { transport, seen } = scripted();
    const write = transport.write(new Uint8Array(4));
    await transport.close();
    await write;
    expect(seen).toEqual(["write 4", "drain", "release after sending"]);
  });

  it("tells why it was lost, in the platform's words, as the cause of later failures too", async () => {
    const { transport, received } = scripted();
    received.lose("bad file descriptor");
    expect(await transport.closed).toEqual({ reason: "lost", detail: "bad file descriptor" });
    const error = await transport.write(new Uint8Array(1)).catch((reason: Error) => reason);
    expect(error).toMatchObject({ code: "port-lost", cause: { message: "bad file descriptor" } });
  });

  it("stays lost when it is closed afterwards", async () => {
    const { transport, received, seen } = scripted();
    received.lose();
    await transport.close();
    transport.abort();
    expect(await transport.closed).toEqual({ reason: "lost" });
    expect(seen).toEqual(["release dropping"]);
  });
});
