import { FlasherError } from "@flashwright/core";
import { agentLimits } from "@flashwright/web-transport/agent-protocol";
import { describe, expect, it } from "vitest";
import { HeldClock } from "../../../../test/support/held-clock.js";
import { FakePort } from "./fake-port.fixture.js";
import { FakeSocket } from "./fake-socket.fixture.js";
import { PortSession } from "./port-session.js";

/** Lets everything run that waits for nothing but its turn. */
const turns = async () => {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
};

const OPEN = {
  type: "open",
  label: "/dev/ttyUSB0",
  capabilities: { lines: "dtr-rts", baudRate: "any" },
};

/** An open port and its client. */
function opened() {
  const [socket, port, clock] = [new FakeSocket(), new FakePort(), new HeldClock()];
  const session = new PortSession(socket, clock);
  const served = session.serve(port);
  expect(socket.take()).toEqual([OPEN]);
  return { socket, port, clock, session, served };
}

describe("the client's bytes and requests", () => {
  it("reach the port in their order, and are answered", async () => {
    const { socket, port } = opened();
    socket.client.onBytes(new Uint8Array(3));
    socket.ask({ id: 0, do: "signal", steps: [{ dtr: true, waitMs: 5 }] });
    socket.ask({ id: 1, do: "baud", baudRate: 74880 });
    socket.ask({ id: 2, do: "break", durationMs: 250 });
    socket.ask({ id: 3, do: "drain" });
    socket.ask({ id: 4, do: "discard" });
    socket.client.onBytes(new Uint8Array(4));
    expect(port.seen).toEqual([
      "write 3",
      'signal [{"dtr":true,"waitMs":5}]',
      "baud 74880",
      'signal [{"brk":true,"waitMs":250},{"brk":false}]',
      "drain",
      "discard",
      "write 4",
    ]);
    await turns();
    const said = socket.take();
    const answers = [0, 1, 2, 3, 4].map((id) => ({ type: "done", id }));
    expect(said).toEqual(expect.arrayContaining([...answers, { type: "written", byteCount: 7 }]));
  });

  it("fail with the port's own code, and count as done with", async () => {
    const { socket, port } = opened();
    const error = new FlasherError("port-baud-refused", { label: port.label, baudRate: 4_000_000 });
    port.failing.set("baud", error);
    port.failing.set("write", new FlasherError("port-failed", { label: port.label, detail: "no" }));
    socket.ask({ id: 7, do: "baud", baudRate: 4_000_000 });
    socket.client.onBytes(new Uint8Array(5));
    await turns();
    const said = socket.take() as { id?: number; error: { code: string } }[];
    expect(said.find(({ id }) => id === 7)?.error.code).toBe("port-baud-refused");
    expect(said.filter(({ id }) => id === undefined)).toMatchObject([
      { type: "failed", error: { code: "port-failed" } },
      { type: "written", byteCount: 5 },
    ]);
  });

  it.each<[string, (client: FakeSocket) => void, number]>([
    ["a text that is no request", (socket) => socket.client.onText("{"), 1008],
    ["more taken than was sent", (socket) => socket.ask({ do: "taken", byteCount: 1 }), 1008],
    [
      "one byte more than may be unwritten",
      (socket) => {
        for (let at = 0; at < agentLimits.unwrittenBytes; at += agentLimits.frameBytes)
          socket.client.onBytes(new Uint8Array(agentLimits.frameBytes));
        expect(socket.end).toBeUndefined();
        socket.client.onBytes(new Uint8Array(1));
      },
      1008,
    ],
    [
      "one frame more than may wait",
      (socket) => {
        for (let at = 0; at < agentLimits.unwrittenFrames; at++) socket.client.onBytes(new Uint8Array(0));
        expect(socket.end).toBeUndefined();
        socket.client.onBytes(new Uint8Array(0));
      },
      1008,
    ],
    [
      "one request more than may wait",
      (socket) => {
        for (let id = 0; id < agentLimits.pendingRequests; id++) socket.ask({ id, do: "drain" });
        expect(socket.end).toBeUndefined();
        socket.ask({ id: 99, do: "drain" });
      },
      1008,
    ],
    [
      "a frame that is too big",
      (socket) => socket.client.onBytes(new Uint8Array(agentLimits.frameBytes + 1)),
      1009,
    ],
  ])("end the session with %s, and the port is let go", async (_, misbehave, code) => {
    const { socket, port, served, session } = opened();
    port.stuck.add("write").add("drain");
    misbehave(socket);
    expect([socket.end?.[0], session.over]).toEqual([code, socket.end?.[1]]);
    await served;
    expect(port.seen.slice(-2)).toEqual(['signal [{"dtr":false,"rts":false}]', "close"]);
  });

  it("end the session when they come before the port is open, which is then closed at once", async () => {
    const [socket, port] = [new FakeSocket(), new FakePort()];
    const session = new PortSession(socket, new HeldClock());
    socket.client.onBytes(new Uint8Array(1));
    expect(socket.end).toEqual([1008, "the port is not open yet"]);
    await session.serve(port);
    expect(port.seen).toEqual(["close"]);
  });

  it("are not answered faster than the client reads: answers that have not left count as pending", async () => {
    const { socket } = opened();
    socket.isBlocked = true;
    for (let round = 0; round < 3 && socket.end === undefined; round++) {
      for (let id = 0; id < 32; id++) socket.ask({ id, do: "drain" });
      await turns();
    }
    expect(socket.end).toEqual([1008, "too many requests at a time"]);
  });

  it("are told as written in one message while the one before has not left", async () => {
    const { socket } = opened();
    socket.isBlocked = true;
    for (let frame = 0; frame < 100; frame++) {
      socket.client.onBytes(new Uint8Array(10));
      await turns();
    }
    expect(socket.take()).toEqual([{ type: "written", byteCount: 10 }]);
    socket.unblock();
    expect(socket.take()).toEqual([{ type: "written", byteCount: 1000 }]);
  });
});

describe("the board's bytes", () => {
  it("leave in one frame for all that came within a turn", async () => {
    const { socket, port } = opened();
    for (let byte = 0; byte < 100; byte++) {
      port.say(Uint8Array.of(byte));
      await Promise.resolve();
    }
    await turns();
    expect(socket.sent).toEqual([Uint8Array.from({ length: 100 }, (_, byte) => byte)]);
  });

  it("stop at what may be untaken, are kept up to 1 MiB, and the gap is told in its place", async () => {
    const { socket, port } = opened();
    const say = async (count: number) => {
      for (let at = 0; at < count; at += 0x8000) {
        port.say(new Uint8Array(Math.min(0x8000, count - at)));
        await turns();
      }
    };
    await say(agentLimits.untakenBytes + agentLimits.bufferBytes + 12_345);
    const frames = (count: number) => new Array(count / agentLimits.frameBytes).fill(agentLimits.frameBytes);
    // Half a frame at a time comes, so half a frame at a time leaves.
    expect(socket.take().reduce((sum: number, size) => sum + (size as number), 0)).toBe(
      agentLimits.untakenBytes,
    );
    let taken = 0;
    const later: unknown[] = [];
    for (let part = 0; part < 5; part++) {
      taken += agentLimits.untakenBytes;
      socket.ask({ do: "taken", byteCount: taken });
      await turns();
      later.push(...socket.take());
    }
    expect(later).toEqual([...frames(agentLimits.bufferBytes), { type: "overrun", droppedBytes: 12_345 }]);
    port.say(Uint8Array.of(1, 2, 3));
    await turns();
    expect(socket.take()).toEqual([3]);
  });

  it("wait for the network too, whatever the client claims to have taken", async () => {
    const { socket, port } = opened();
    socket.isBlocked = true;
    let sent = 0;
    for (let round = 0; round < 100; round++) {
      port.say(new Uint8Array(0x10000));
      await turns();
      sent = socket.sent.length * 0x10000;
      socket.ask({ do: "taken", byteCount: sent });
    }
    expect(sent).toBeLessThanOrEqual(agentLimits.untakenBytes + agentLimits.frameBytes);
  });

  it("that wait are thrown away by a discard, and what comes after its answer is newer", async () => {
    const { socket, port } = opened();
    port.say(new Uint8Array(agentLimits.untakenBytes + 50));
    await turns();
    socket.take();
    socket.ask({ id: 1, do: "discard" });
    await turns();
    port.say(new Uint8Array(2));
    socket.ask({ do: "taken", byteCount: agentLimits.untakenBytes });
    await turns();
    expect(socket.take()).toEqual([{ type: "done", id: 1 }, 2]);
  });
});

describe("the end", () => {
  it("of the port is told after all that it had sent, or after 5 s to a client that takes nothing", async () => {
    const { socket, port, clock, session, served } = opened();
    port.say(new Uint8Array(10));
    port.say(new Uint8Array(agentLimits.untakenBytes));
    await turns();
    socket.take();
    port.end({ reason: "lost", detail: "unplugged" });
    await served;
    expect([session.over, socket.take()]).toEqual(["lost", []]);
    clock.advance(agentLimits.deliverMs);
    expect(socket.take().at(-1)).toEqual({ type: "ended", reason: "lost", detail: "unplugged" });
    expect(socket.end).toEqual([1000, "ended"]);
    const quick = opened();
    quick.port.say(new Uint8Array(10));
    await Promise.resolve();
    quick.port.end({ reason: "lost" });
    await quick.served;
    expect(quick.socket.take()).toEqual([10, { type: "ended", reason: "lost" }]);
  });

  it("that the client asks for drains, lets go, and is told at once", async () => {
    const { socket, port, served, session } = opened();
    socket.ask({ do: "close" });
    await served;
    expect([port.seen, socket.take(), session.over]).toEqual([
      ["close"],
      [{ type: "ended", reason: "closed" }],
      "closed",
    ]);
  });

  it("of the socket releases the lines and the port, and leaves no timer", async () => {
    const { socket, port, clock, served } = opened();
    socket.terminate();
    await served;
    expect(port.seen).toEqual(['signal [{"dtr":false,"rts":false}]', "close"]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("comes to a client that is silent for 20 s, and to none that answers", async () => {
    const { socket, clock, served } = opened();
    for (let beat = 0; beat < 10; beat++) {
      clock.advance(agentLimits.aliveMs);
      socket.client.onPong();
    }
    expect([socket.end, socket.pings]).toEqual([undefined, 10]);
    expect(socket.take()).toEqual(new Array(10).fill({ type: "alive" }));
    clock.advance(agentLimits.silenceMs);
    expect(socket.end).toBeUndefined();
    clock.advance(agentLimits.aliveMs);
    expect(socket.end).toBe("terminated");
    await served;
  });

  it("comes to a port of which nobody says anything for an hour, in words", async () => {
    const { socket, port, clock, served } = opened();
    const pass = (ms: number) => {
      for (let at = 0; at < ms; at += agentLimits.aliveMs) {
        clock.advance(agentLimits.aliveMs);
        if (socket.end === undefined) socket.client.onPong();
      }
    };
    pass(agentLimits.idleMs - agentLimits.aliveMs);
    port.say(Uint8Array.of(1));
    await turns();
    pass(agentLimits.idleMs - agentLimits.aliveMs);
    expect(socket.end).toBeUndefined();
    pass(agentLimits.aliveMs);
    expect(socket.end).toEqual([1000, "idle"]);
    expect(socket.take().at(-1)).toEqual({
      type: "ended",
      reason: "lost",
      detail: "nothing was said for 60 minutes",
    });
    await served;
  });
});
