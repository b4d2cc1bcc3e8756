import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Clock, Transport } from "@flashwright/core";
import { afterEach, describe, expect, it } from "vitest";
import { HeldClock } from "../../../../test/support/held-clock.js";
import { openRfc2217 } from "./open-rfc2217.js";

type Answer = (request: string, socket: Socket) => string | undefined;

const bytes = (hex: string) =>
  Uint8Array.from(hex.split(" ").filter(Boolean), (byte) => Number.parseInt(byte, 16));
const hex = (data: Uint8Array) => Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join(" ");

const cleanup: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

/** A server that is a table: each telnet command of the client (all here are 3 bytes or end in ff f0) and its answer. */
async function serve(answer: Answer) {
  const seen: string[] = [];
  const sockets: Socket[] = [];
  let waiting: (() => void)[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    let rest = "";
    socket.on("data", (chunk) => {
      rest = `${rest} ${hex(chunk)}`.trim();
      for (
        let match = /^(ff f[bcde] ..|ff fa .*? ff f0|(?!ff).. ?)/.exec(rest);
        match;
        match = /^(ff f[bcde] ..|ff fa .*? ff f0|(?!ff).. ?)/.exec(rest)
      ) {
        rest = rest.slice(match[0].length).trim();
        const request = match[0].trim();
        seen.push(request);
        const reply = answer(request, socket);
        if (reply !== undefined && socket.writable) socket.write(bytes(reply));
      }
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanup.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return {
    seen,
    port: (server.address() as AddressInfo).port,
    async until(request: string) {
      while (!seen.includes(request)) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    send: (data: string) => sockets.at(-1)!.write(bytes(data)),
  };
}

/** Agrees with everything: DO and WILL, and each request with its own value. */
const obliging: Answer = (request) => {
  const option = /^ff fb (..)$/.exec(request)?.[1];
  if (option !== undefined) return `ff fd ${option}`;
  const command = /^ff fa 2c 0(.)(.*) ff f0$/.exec(request);
  if (command === null) return undefined;
  const [, digit, value] = command;
  if (digit === "8" || digit === "9" || digit === "a" || digit === "b") return undefined;
  const asked = digit === "1" && value === " 00 00 00 00" ? " 00 01 c2 00" : value;
  return `ff fa 2c ${(100 + Number.parseInt(digit!, 16)).toString(16)}${asked} ff f0`;
};

const open = async (port: number, clock?: Clock): Promise<Transport> => {
  const transport = await openRfc2217("127.0.0.1", port, { baudRate: 115200, ...(clock && { clock }) });
  cleanup.push(() => transport.abort());
  return transport;
};

const failure = (opening: Promise<unknown>) =>
  opening.then(
    () => undefined,
    (error: { code: string; message: string }) => ({ code: error.code, message: error.message }),
  );

describe("opening an RFC 2217 port", () => {
  it("offers the options, sets 115200 8N1 without flow control, then releases DTR and RTS, byte for byte", async () => {
    const server = await serve(obliging);
    const transport = await open(server.port);
    expect(transport.capabilities).toEqual({ lines: "dtr-rts", baudRate: "any" });
    expect(transport.label).toBe(`rfc2217://127.0.0.1:${server.port}`);
    expect(server.seen).toEqual([
      ...["ff fb 00", "ff fd 00", "ff fb 03", "ff fd 03", "ff fb 2c"],
      "ff fa 2c 0a 00 ff f0", // SET-LINESTATE-MASK nothing
      "ff fa 2c 0b 00 ff f0", // SET-MODEMSTATE-MASK nothing
      "ff fa 2c 01 00 01 c2 00 ff f0", // SET-BAUDRATE 115200
      "ff fa 2c 02 08 ff f0", // SET-DATASIZE 8
      "ff fa 2c 03 01 ff f0", // SET-PARITY none
      "ff fa 2c 04 01 ff f0", // SET-STOPSIZE 1
      "ff fa 2c 05 01 ff f0", // SET-CONTROL no flow control
      "ff fa 2c 05 09 ff f0", // SET-CONTROL DTR off
      "ff fa 2c 05 0c ff f0", // SET-CONTROL RTS off
    ]);
  });

  it("fails with rfc2217-refused when the server refuses the com port option", async () => {
    const server = await serve((request) => (request === "ff fb 2c" ? "ff fe 2c" : undefined));
    expect(await failure(open(server.port))).toEqual({
      code: "rfc2217-refused",
      message: `The server at rfc2217://127.0.0.1:${server.port} does not speak RFC 2217: it refuses the com port option.`,
    });
  });

  it("fails with rfc2217-refused when nothing answers the offer: a raw server", async () => {
    const clock = new HeldClock();
    const server = await serve(() => undefined);
    const opening = failure(open(server.port, clock));
    await server.until("ff fb 2c");
    clock.advance(3000);
    expect((await opening)?.code).toBe("rfc2217-refused");
  });

  it("fails with rfc2217-no-answer, naming the request, when one stays unanswered", async () => {
    const clock = new HeldClock();
    const server = await serve((request, socket) =>
      request.startsWith("ff fa 2c 04") ? undefined : obliging(request, socket),
    );
    const opening = failure(open(server.port, clock));
    await server.until("ff fa 2c 05 01 ff f0");
    // The other four have been answered when only one deadline is left.
    while (clock.pendingTimers > 1) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(3000);
    expect(await opening).toEqual({
      code: "rfc2217-no-answer",
      message: `The RFC 2217 server at rfc2217://127.0.0.1:${server.port} did not answer SET-STOPSIZE 1 within 3000 ms.`,
    });
  });

  it("fails with rfc2217-refused when the port keeps 7 data bits", async () => {
    const server = await serve((request, socket) =>
      request === "ff fa 2c 02 08 ff f0" ? "ff fa 2c 66 07 ff f0" : obliging(request, socket),
    );
    expect((await failure(open(server.port)))?.message).toMatch(/it answers SET-DATASIZE 8 with 7\.$/);
  });

  it("fails with port-baud-refused when the port keeps another rate, and takes 76800 for 74880", async () => {
    let granted = "00 00 25 80"; // 9600
    const server = await serve((request, socket) =>
      request.startsWith("ff fa 2c 01") ? `ff fa 2c 65 ${granted} ff f0` : obliging(request, socket),
    );
    expect((await failure(open(server.port)))?.code).toBe("port-baud-refused");
    granted = "00 01 2c 00"; // 76800: what a CP2102 makes of 74880
    const opening = openRfc2217("127.0.0.1", server.port, { baudRate: 74880 });
    cleanup.push(async () => (await opening).abort());
    expect((await opening).capabilities.baudRate).toBe("any");
  });

  it("has no lines when the server answers DTR on with DTR off", async () => {
    const server = await serve((request, socket) =>
      request === "ff fa 2c 05 09 ff f0" ? "ff fa 2c 69 08 ff f0" : obliging(request, socket),
    );
    const transport = await open(server.port);
    expect(transport.capabilities.lines).toBe("none");
    await expect(transport.signal([{ dtr: true }])).rejects.toMatchObject({ code: "port-lines-missing" });
  });

  it("says port-busy when the server says so and closes", async () => {
    const server = await serve((_, socket) => void socket.end("Port already in use\r\n"));
    expect((await failure(open(server.port)))?.code).toBe("port-busy");
  });

  it("repeats what another server said before it closed", async () => {
    const server = await serve((_, socket) => void socket.end("No such device\r\n"));
    expect((await failure(open(server.port)))?.message).toBe(
      `rfc2217://127.0.0.1:${server.port} cannot be reached: the far end closed the connection after it said "No such device".`,
    );
  });

  it("fails with network-unreachable where nothing listens", async () => {
    expect((await failure(openRfc2217("127.0.0.1", 9, { baudRate: 115200 })))?.code).toBe(
      "network-unreachable",
    );
  });
});

describe("an open RFC 2217 port", () => {
  it("sends RFC 2217's numbers for lines, rate and discard", async () => {
    const server = await serve(obliging);
    const transport = await open(server.port);
    server.seen.length = 0;
    await transport.signal([{ dtr: true, rts: true }]);
    await transport.setBaudRate(921600);
    await transport.discard();
    expect(server.seen).toEqual([
      "ff fa 2c 05 08 ff f0",
      "ff fa 2c 05 0b ff f0",
      "ff fa 2c 01 00 0e 10 00 ff f0",
      "ff fa 2c 0c 01 ff f0",
    ]);
  });

  it("asks for the rate to learn that the server has read what was written", async () => {
    const server = await serve(obliging);
    const transport = await open(server.port);
    server.seen.length = 0;
    await transport.write(bytes("41 42"));
    await transport.drain();
    expect(server.seen).toEqual(["41", "42", "ff fa 2c 01 00 00 00 00 ff f0"]);
  });

  it("holds writes back from FLOWCONTROL-SUSPEND to FLOWCONTROL-RESUME", async () => {
    const server = await serve(obliging);
    const transport = await open(server.port);
    server.send("ff fa 2c 6c ff f0 21"); // the data byte tells us when the command has arrived
    expect(await transport.read()).toEqual(bytes("21"));
    server.seen.length = 0;
    let written = false;
    const writing = transport.write(bytes("41")).then(() => {
      written = true;
    });
    server.send("22");
    expect(await transport.read()).toEqual(bytes("22"));
    expect({ written, seen: server.seen }).toEqual({ written: false, seen: [] });
    server.send("ff fa 2c 6d ff f0");
    await writing;
    await server.until("41");
  });

  it("asks a server that is too fast to pause, and to go on when all has been read", async () => {
    const server = await serve(obliging);
    const transport = await open(server.port);
    const size = 0x50000;
    server.send("41 ".repeat(size));
    await server.until("ff fa 2c 08 ff f0");
    let read = 0;
    while (read < size) read += (await transport.read())!.length;
    await server.until("ff fa 2c 09 ff f0");
  });

  it("gives its signature when asked, and lets notices of line and modem state pass", async () => {
    const server = await serve(obliging);
    const transport = await open(server.port);
    server.send("ff fa 2c 6a 02 ff f0 ff fa 2c 6b b0 ff f0 ff fa 2c 64 ff f0 21");
    expect(await transport.read()).toEqual(bytes("21"));
    await server.until(`ff fa 2c 00 ${hex(new TextEncoder().encode("Flashwright"))} ff f0`);
  });

  it("is lost when the server withdraws the com port option", async () => {
    const server = await serve(obliging);
    const transport = await open(server.port);
    server.send("ff fe 2c");
    expect(await transport.closed).toEqual({
      reason: "lost",
      detail: "the server stopped speaking RFC 2217",
    });
  });

  it("fails with rfc2217-no-answer when a line request stays unanswered", async () => {
    const clock = new HeldClock();
    let silent = false;
    const server = await serve((request, socket) => (silent ? undefined : obliging(request, socket)));
    const transport = await open(server.port, clock);
    silent = true;
    const signal = failure(transport.signal([{ rts: true }]));
    await server.until("ff fa 2c 05 0b ff f0");
    clock.advance(3000);
    expect((await signal)?.code).toBe("rfc2217-no-answer");
  });
});
