import { describe, expect, it } from "vitest";
import { FlasherError } from "../errors.js";
import type { FlashEvent } from "../flash/event.js";
import type { Session } from "../loader/session.js";
import type { Clock, Transport } from "../transport.js";
import { Board } from "./board.js";
import { LastingPort } from "./lasting-port.js";

/** Time that passes as soon as somebody waits for it. */
class EagerClock implements Clock {
  #now = 0;

  now(): number {
    return this.#now;
  }

  setTimer(delayMs: number, fire: () => void): () => void {
    let isCancelled = false;
    queueMicrotask(() => {
      if (isCancelled) return;
      this.#now += delayMs;
      fire();
    });
    return () => {
      isCancelled = true;
    };
  }
}

function port(label: string) {
  const closed = new Promise<never>(() => {});
  const made = {
    label,
    isClosed: false,
    capabilities: { lines: "dtr-rts", baudRate: "any" },
    closed,
    read: () => closed,
    async close() {
      made.isClosed = true;
    },
  };
  return made as typeof made & Transport;
}

const lost = () => new FlasherError("port-lost", { label: "COM3" });
const silent = () => new FlasherError("command-timeout", { op: "SYNC", timeoutMs: 3000 });
const session = (mac = "5c:cf:7f:02:9a:b7") =>
  ({ chip: { mac }, canReset: true, leave: async () => {} }) as unknown as Session;

/** A board whose port is back at a look; `never` while it is not. */
function bench(options: {
  readonly backAtLook?: number;
  readonly macs?: readonly string[];
  readonly failure?: () => FlasherError;
  readonly isHopeless?: (error: FlasherError, waitedMs: number) => boolean;
}) {
  const { backAtLook = 1, macs = [], failure = lost } = options;
  const clock = new EagerClock();
  const events: FlashEvent[] = [];
  const controller = new AbortController();
  const opened = [port("COM3")];
  let looks = 0;
  const lasting = new LastingPort(opened[0]!, "COM3", {
    clock,
    places: async () => ["COM3"],
    async open(place: string) {
      if (++looks < backAtLook) throw failure();
      const next = port(place);
      opened.push(next);
      return next;
    },
    ...(options.isHopeless && { isHopeless: options.isHopeless }),
  });
  const turns: Transport[] = [];
  const board = new Board({
    port: lasting,
    connect: async (turn) => session(macs[turns.push(turn) - 1]),
    onEvent: (event) => events.push(event),
    signal: controller.signal,
    present: () => ({ code: "flash-partial", params: { offset: 0x1000 } }),
  });
  const codes = () => events.flatMap((event) => ("code" in event ? [event.code] : []));
  return { board, clock, controller, codes, opened, turns };
}

/** Fails so many times, then says whether it was done again. */
function failing(times: number, failure: () => Error = lost) {
  let left = times;
  return async (_: Session, isAgain: boolean) => {
    if (left-- > 0) throw failure();
    return isAgain;
  };
}

describe("work through losses of the port", () => {
  it("is done again in a new session with the same chip, once the port is back", async () => {
    const { board, codes, opened, clock, turns } = bench({ backAtLook: 4 });
    const first = await board.connect();
    expect(await board.through(failing(1))).toBe(true);
    expect(codes()).toEqual(["port-awaited", "flash-partial", "port-back"]);
    expect([board.losses, board.session === first, clock.now(), turns.length]).toEqual([1, false, 2000, 2]);
    expect(opened.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  });

  it("is begun once where nothing is lost", async () => {
    const { board, codes } = bench({});
    await board.connect();
    expect([await board.through(failing(0)), board.losses, codes()]).toEqual([false, 0, []]);
  });

  it("connects again at once where the port is there and the chip says nothing", async () => {
    const { board, codes, clock } = bench({});
    await board.connect();
    await board.through(failing(1, silent));
    expect([codes(), clock.now()]).toEqual([["board-awaited", "flash-partial"], 500]);
  });

  it("ends with what the chip itself refused", async () => {
    const { board } = bench({});
    await board.connect();
    const failure = new FlasherError("verify-failed", { offset: 0, size: 4096, expected: "a", actual: "b" });
    await expect(board.through(failing(1, () => failure))).rejects.toBe(failure);
  });

  it("refuses another chip on the same port", async () => {
    const { board } = bench({ macs: ["5c:cf:7f:00:00:01", "5c:cf:7f:00:00:02"] });
    await board.connect();
    await expect(board.through(failing(1))).rejects.toMatchObject({
      code: "port-other-chip",
      params: { label: "COM3", expected: "5c:cf:7f:00:00:01", actual: "5c:cf:7f:00:00:02" },
    });
  });

  it("ends after two minutes without the port, and says why it could not be opened", async () => {
    const { board, clock } = bench({ backAtLook: Number.POSITIVE_INFINITY });
    await board.connect();
    await expect(board.through(failing(1))).rejects.toMatchObject({
      code: "port-away",
      params: { label: "COM3", seconds: 120 },
      cause: { code: "port-lost" },
    });
    expect(clock.now()).toBe(120_000);
  });

  it("ends sooner with what no patience helps against", async () => {
    const failure = () => new FlasherError("agent-unauthorised", { address: "http://127.0.0.1:8266" });
    const isHopeless = (error: FlasherError, waitedMs: number) =>
      error.code === "agent-unauthorised" && waitedMs >= 2000;
    const { board, clock } = bench({ backAtLook: Number.POSITIVE_INFINITY, failure, isHopeless });
    await board.connect();
    await expect(board.through(failing(1))).rejects.toMatchObject({ code: "agent-unauthorised" });
    expect(clock.now()).toBe(2000);
  });

  it("ends when the connection breaks for the sixth time", async () => {
    const { board } = bench({});
    await board.connect();
    await expect(board.through(failing(6))).rejects.toMatchObject({
      code: "connection-unsteady",
      params: { label: "COM3", count: 6 },
    });
  });

  it("ends with the signal's reason while the port is waited for", async () => {
    let stop = () => {};
    const failure = () => {
      stop();
      return lost();
    };
    const { board, controller, codes } = bench({ backAtLook: Number.POSITIVE_INFINITY, failure });
    stop = () => controller.abort("enough");
    await board.connect();
    await expect(board.through(failing(1))).rejects.toBe("enough");
    expect(codes()).toEqual(["port-awaited", "flash-partial"]);
  });

  it("is not waited for where the first connection fails", async () => {
    const { board, codes } = bench({});
    const failure = lost();
    const never = new Board({
      port: new LastingPort(port("COM3"), "COM3", {
        clock: new EagerClock(),
        places: async () => [],
        open: async () => port("COM3"),
      }),
      connect: async () => {
        throw failure;
      },
      onEvent: () => {},
      signal: board.signal,
    });
    await expect(never.connect()).rejects.toBe(failure);
    expect(codes()).toEqual([]);
  });
});
