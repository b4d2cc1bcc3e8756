import { openWebSerialPort } from "@flashwright/web-transport";
import { describe, expect, it } from "vitest";
import { type FakePortOptions, FakeWebSerialPort } from "./ends/fake-web-serial.js";
import { describeTransport } from "./transport-suite.js";

const baudRate = 115200;
const text = (value: string) => new TextEncoder().encode(value);
const words = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

const openFailing = (openError: string) => () =>
  openWebSerialPort(new FakeWebSerialPort({ openError }), { baudRate });

describeTransport(
  "a port of the browser, in memory",
  {
    capabilities: { lines: "dtr-rts", linesOneByOne: true, reopensForRate: true, baudRate: "any" },
    drainReachesFarEnd: true,
    keepsDataAtHangUp: false,
    stallBytes: 0x200000,
    missing: { code: "port-not-opened", open: openFailing("NetworkError") },
    busy: {
      code: "port-busy",
      async open() {
        const port = new FakeWebSerialPort();
        const first = await openWebSerialPort(port, { baudRate });
        return openWebSerialPort(port, { baudRate }).finally(() => first.close());
      },
    },
    denied: { code: "port-blocked", open: openFailing("SecurityError") },
  },
  async () => {
    const port = new FakeWebSerialPort();
    return { transport: await openWebSerialPort(port, { baudRate }), far: port.far };
  },
);

async function openFake(options: FakePortOptions = {}) {
  const port = new FakeWebSerialPort(options);
  const disturbances: string[] = [];
  const transport = await openWebSerialPort(port, {
    baudRate,
    onDisturbance: (kind, count) => disturbances.push(`${kind} ${count}`),
  });
  return { port, far: port.far, transport, disturbances };
}

describe("a port of the browser that was just opened", () => {
  it("has released RTS before DTR: the system raised both, and RTS alone is reset", async () => {
    const { port, transport } = await openFake();
    expect(port.log.words()).toEqual(["115200 baud", "dtr=1 rts=1", "dtr=1 rts=0", "dtr=0 rts=0"]);
    await transport.close();
  });

  it("buffers a third of a second of the fastest line", async () => {
    const { port, transport } = await openFake();
    expect(port.opened).toEqual({ baudRate, bufferSize: 0x10000 });
    await transport.close();
  });

  it("has no lines where it refuses to set any, and works without", async () => {
    const { transport, far } = await openFake({ isWithoutLines: true });
    expect(transport.capabilities).toEqual({ lines: "none", reopensForRate: true, baudRate: "any" });
    await transport.write(text("x"));
    expect(await far.log.take(1)).toEqual(text("x"));
    await transport.close();
  });

  it("can be opened again after close and after abort", async () => {
    const port = new FakeWebSerialPort();
    for (const end of ["close", "abort"] as const) {
      const transport = await openWebSerialPort(port, { baudRate });
      await transport.write(text("x"));
      void transport[end]();
      await transport.closed;
      expect([port.readable, port.writable]).toEqual([null, null]);
    }
    await (await openWebSerialPort(port, { baudRate })).close();
  });

  it("is given up when it does not open in time, and closed should it open later", async () => {
    const port = new FakeWebSerialPort();
    const { open } = port;
    let finish = () => {};
    port.open = async (options) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      await open.call(port, options);
    };
    const clock = {
      now: () => 0,
      setTimer(_ms: number, fire: () => void) {
        setImmediate(fire);
        return () => {};
      },
    };
    await expect(openWebSerialPort(port, { baudRate, clock })).rejects.toMatchObject({ code: "port-failed" });
    finish();
    await port.log.until(() => port.log.words().at(-1) === "dtr=0 rts=0");
    expect(port.readable).toBeNull();
  });
});

describe("a rate that changes", () => {
  it("comes by closing and opening, after which the lines are as they were", async () => {
    const { transport, far } = await openFake();
    await transport.signal([{ dtr: true, rts: false }]);
    far.log.forget();
    await transport.setBaudRate(921600);
    expect(far.log.words()).toEqual([
      "dtr=0 rts=0",
      "921600 baud",
      "dtr=1 rts=1",
      "dtr=1 rts=1",
      "dtr=1 rts=0",
    ]);
    await transport.close();
  });

  it("releases RTS before DTR where both were released, so that nothing is reset", async () => {
    const { transport, far } = await openFake();
    far.log.forget();
    await transport.setBaudRate(921600);
    expect(far.log.words()).toEqual([
      "dtr=0 rts=0",
      "921600 baud",
      "dtr=1 rts=1",
      "dtr=1 rts=0",
      "dtr=0 rts=0",
    ]);
    await transport.close();
  });

  it("is refused with its number where the port does not open at it, and the one before is back", async () => {
    const { transport, far } = await openFake({ refusedRates: [3_000_000] });
    await expect(transport.setBaudRate(3_000_000)).rejects.toMatchObject({
      code: "port-baud-refused",
      params: { label: "serial port", baudRate: 3_000_000 },
    });
    expect(far.log.only("baud").map((event) => event.baudRate)).toEqual([115200, 115200]);
    const [chunk] = await Promise.all([transport.read(), far.send(text("still here"))]);
    expect(words(chunk)).toBe("still here");
    await transport.close();
  });

  it("that was refused by a port that is gone is the loss of the port", async () => {
    const { port, transport } = await openFake();
    const change = transport.setBaudRate(9600);
    port.connected = false;
    await expect(change).rejects.toMatchObject({ code: "port-lost" });
    expect(await transport.closed).toEqual({ reason: "lost", detail: "Failed to open serial port." });
  });

  it("opens nothing where it is so already", async () => {
    const { transport, far } = await openFake();
    far.log.forget();
    await transport.setBaudRate(baudRate);
    expect(far.log.words()).toEqual([]);
    await transport.close();
  });

  it("keeps a reader waiting that waited before, and reads what comes after", async () => {
    const { transport, far } = await openFake();
    const pending = transport.read();
    await transport.setBaudRate(9600);
    await far.send(text("after"));
    expect(words(await pending)).toBe("after");
    await transport.close();
  });

  it("leaves the port closed when the transport is aborted in the middle", async () => {
    const { port, transport } = await openFake();
    const change = transport.setBaudRate(9600);
    const failed = expect(change).rejects.toMatchObject({ code: "port-closed" });
    await new Promise((resolve) => setImmediate(resolve));
    transport.abort();
    await failed;
    await transport.closed;
    expect([port.readable, port.writable]).toEqual([null, null]);
    await (await openWebSerialPort(port, { baudRate })).close();
  });
});

describe("an error of reception", () => {
  it.each([
    ["BufferOverrunError", "overrun"],
    ["BreakError", "break"],
    ["FramingError", "framing"],
    ["ParityError", "parity"],
  ])("that is a %s is survived and counted as %s", async (name, kind) => {
    const { port, far, transport, disturbances } = await openFake();
    let read = "";
    const readUntil = async (end: string) => {
      while (!read.endsWith(end)) read += words(await transport.read());
    };
    for (const word of ["before|", "between|"]) {
      await far.send(text(word));
      port.disturb(name);
      await readUntil(word);
    }
    await new Promise((resolve) => setImmediate(resolve));
    await far.send(text("after|"));
    await readUntil("after|");
    expect(read).toBe("before|between|after|");
    expect(disturbances).toEqual([`${kind} 1`, `${kind} 2`]);
    await transport.close();
  });

  it("that the browser does not know is the end of the port", async () => {
    const { port, transport, disturbances } = await openFake();
    port.disturb("UnknownError");
    expect(await transport.closed).toEqual({
      reason: "lost",
      detail: "It was disturbed.",
    });
    expect(disturbances).toEqual([]);
    expect([port.readable, port.writable]).toEqual([null, null]);
  });
});

describe("a board that is unplugged", () => {
  it("is lost at once, also when nothing is being read, and can be opened again as the same object", async () => {
    const { port, far, transport } = await openFake();
    port.unplug();
    expect((await transport.closed).reason).toBe("lost");
    expect(await transport.read()).toBeUndefined();
    port.plugIn();
    const again = await openWebSerialPort(port, { baudRate });
    const [chunk] = await Promise.all([again.read(), far.send(text("hello"))]);
    expect(words(chunk)).toBe("hello");
    await again.close();
  });

  it("fails a write that waits for it", async () => {
    const { port, far, transport } = await openFake();
    far.pause();
    const failed = expect(transport.write(new Uint8Array(0x100000))).rejects.toMatchObject({
      code: "port-lost",
    });
    await new Promise((resolve) => setImmediate(resolve));
    port.unplug();
    await failed;
  });
});
