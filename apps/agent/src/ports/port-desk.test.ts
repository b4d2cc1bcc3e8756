import { FlasherError } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";
import { agentLimits } from "@flashwright/web-transport/agent-protocol";
import { describe, expect, it } from "vitest";
import { HeldClock } from "../../../../test/support/held-clock.js";
import { FakePort } from "./fake-port.fixture.js";
import { FakeSocket } from "./fake-socket.fixture.js";
import { type DeskEvent, PortDesk, type PortDeskParts } from "./port-desk.js";

/** Lets everything run that waits for nothing but its turn. */
const turns = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

const adapter: ListedPort = { path: "/dev/ttyUSB0", vendorId: "10c4", productId: "ea60", bridge: "CP2102" };
const onboard: ListedPort = { path: "/dev/ttyS0" };

/** A desk whose listing can be changed, and the ports that it has opened. */
function makeDesk(changes: Partial<PortDeskParts> = {}) {
  const clock = new HeldClock();
  const listing = { ports: [adapter, onboard] as readonly ListedPort[], looks: 0 };
  const opened: FakePort[] = [];
  const events: DeskEvent[] = [];
  const open = async () => {
    const port = new FakePort();
    opened.push(port);
    return port;
  };
  const desk = new PortDesk({
    async listPorts() {
      listing.looks++;
      return listing.ports;
    },
    openPort: open,
    openVirtual: open,
    virtualBoards: [],
    namedPorts: [],
    allPorts: false,
    clock,
    onEvent: (event) => void events.push(event),
    ...changes,
  });
  const control = () => {
    const socket = new FakeSocket();
    desk.serveControl(socket);
    return socket;
  };
  const port = async (id: string, baudRate = 115200) => {
    const socket = new FakeSocket();
    desk.servePort(socket, id, baudRate);
    await turns();
    return socket;
  };
  return { desk, clock, listing, opened, events, control, port };
}

const shown = { id: "ttyUSB0", kind: "usb", path: "/dev/ttyUSB0", vendorId: "10c4", productId: "ea60" };
const list = (...ports: object[]) => ({ type: "ports", ports });
const free = { ...shown, bridge: "CP2102", inUse: false };

describe("the list", () => {
  it("has ports behind USB, and others only when they were named or all are lent", async () => {
    const usb = makeDesk().control();
    const all = makeDesk({ allPorts: true }).control();
    const named = makeDesk({
      namedPorts: ["/dev/ttyS0", "/dev/pts/3"],
      virtualBoards: ["esp-12f"],
    }).control();
    await turns();
    expect(usb.take()).toEqual([list(free)]);
    const serial = { id: "ttyS0", kind: "serial", path: "/dev/ttyS0", inUse: false };
    expect(all.take()).toEqual([list(free, serial)]);
    expect(named.take()).toEqual([
      list(
        free,
        { ...serial, kind: "named" },
        { id: "esp-12f", kind: "virtual", path: "virtual:esp-12f", inUse: false },
        { id: "pts-3", kind: "named", path: "/dev/pts/3", inUse: false },
      ),
    ]);
  });

  it("is looked at once for all clients, follows what is plugged, and stops with the last client", async () => {
    const { clock, listing, control } = makeDesk();
    const clients = [control(), control()];
    await turns();
    expect(listing.looks).toBe(1);
    listing.ports = [];
    clock.advance(1000);
    await turns();
    for (const client of clients) expect(client.take()).toEqual([list(free), list()]);
    for (const client of clients) client.terminate();
    const { looks } = listing;
    clock.advance(60_000);
    await turns();
    expect([listing.looks, clock.pendingTimers]).toEqual([looks, 0]);
    listing.ports = [adapter];
    const later = control();
    await turns();
    expect(later.take()).toEqual([list(free)]);
  });

  it("says who is in use, as it changes", async () => {
    const { control, port } = makeDesk();
    const watcher = control();
    await turns();
    const holder = await port("ttyUSB0");
    holder.terminate();
    await turns();
    expect(watcher.take()).toEqual([list(free), list({ ...free, inUse: true }), list(free)]);
  });

  it("is the newest for a client that did not read, not every one", async () => {
    const { clock, listing, control } = makeDesk();
    const slow = control();
    slow.isBlocked = true;
    await turns();
    for (let look = 0; look < 50; look++) {
      listing.ports = look % 2 === 0 ? [] : [adapter];
      clock.advance(1000);
      slow.client.onPong();
      await turns();
    }
    const lists = () => slow.take().filter((message) => (message as { type: string }).type === "ports");
    expect(lists()).toEqual([list(free)]);
    listing.ports = [];
    clock.advance(1000);
    await turns();
    slow.unblock();
    expect(lists()).toEqual([list()]);
  });

  it("still has named and virtual ports where the system does not list, says why not, and tries again", async () => {
    const failure = new FlasherError("port-list-unavailable", { detail: "no udevadm" });
    let works = false;
    const desk = makeDesk({
      virtualBoards: ["esp-12f"],
      listPorts: async () => (works ? [adapter] : Promise.reject(failure)),
    });
    const client = desk.control();
    await turns();
    const virtual = { id: "esp-12f", kind: "virtual", path: "virtual:esp-12f", inUse: false };
    expect(client.take()).toMatchObject([
      list(virtual),
      { type: "ports-unavailable", error: { code: "agent-ports-unlisted", params: failure.params } },
    ]);
    expect((await desk.port("ttyUSB0")).take()).toMatchObject([
      { type: "refused", error: { code: "agent-ports-unlisted" } },
    ]);
    const port = await desk.port("esp-12f");
    expect(port.take()).toMatchObject([{ type: "open" }]);
    client.take();
    works = true;
    desk.clock.advance(5000);
    await turns();
    expect(client.take().at(-1)).toEqual(list(free, { ...virtual, inUse: true }));
  });

  it("has names that nobody has to escape, and no two alike", async () => {
    const paths = ["/dev/pts/3", "/dev/pts-3", "/home/me/my board", "\\\\.\\COM3", "/dev/../x", "///"];
    const client = makeDesk({ namedPorts: paths, listPorts: async () => [] }).control();
    await turns();
    const [{ ports }] = client.take() as [{ ports: { id: string }[] }];
    expect(ports.map(({ id }) => id)).toEqual(["pts-3", "pts-3-2", "home-me-my-board", "COM3", "x", "port"]);
  });

  it("passes on no control character, no turned direction and no endless text of an adapter", async () => {
    const evil = {
      ...adapter,
      product: "\u001b]0;own\u0007\u202egnp.exe\r\n",
      manufacturer: "A".repeat(100_000),
      serialNumber: "\ud800\u009b1m",
    };
    const client = makeDesk({ listPorts: async () => [evil] }).control();
    await turns();
    expect(client.take()).toEqual([
      list({ ...free, product: "]0;owngnp.exe", manufacturer: "A".repeat(200), serialNumber: "1m" }),
    ]);
  });
});

describe("opening", () => {
  it("takes a port of the list, found by a look where nobody watches", async () => {
    const { port, opened, events, listing } = makeDesk();
    const client = await port("ttyUSB0", 74880);
    expect(client.take()).toMatchObject([{ type: "open", label: "/dev/ttyUSB0" }]);
    expect([opened.length, listing.looks]).toEqual([1, 1]);
    client.terminate();
    await turns();
    expect(events).toEqual([
      { type: "port-opened", id: "ttyUSB0", baudRate: 74880 },
      { type: "port-closed", id: "ttyUSB0", why: "the client has gone" },
    ]);
  });

  it.each([
    ["what is not in the list", "ttyS0", 115200, "agent-port-unknown"],
    ["a path", "/dev/ttyUSB0", 115200, "agent-port-unknown"],
    ["a way out", "../../etc/passwd", 115200, "agent-port-unknown"],
    ["a rate of nothing", "ttyUSB0", Number.NaN, "port-baud-refused"],
    ["a rate that is too high", "ttyUSB0", 4_000_001, "port-baud-refused"],
  ])("refuses %s", async (_, id, baudRate, code) => {
    const { port, opened, events } = makeDesk();
    const client = await port(id, baudRate);
    expect(client.take()).toMatchObject([{ type: "refused", error: { code } }]);
    expect([client.end, opened]).toEqual([[1000, "refused"], []]);
    expect(events).toEqual([{ type: "port-refused", id, code }]);
  });

  it("says which ports there are where one is asked for that is not", async () => {
    const refusal = async (parts: Parameters<typeof makeDesk>[0]) => {
      const client = await makeDesk(parts).port("ttyUSB7");
      const [{ error }] = client.take() as [{ error: { code: string; params: unknown } }];
      return [error.code, error.params];
    };
    const id = "ttyUSB7";
    expect(await refusal({ virtualBoards: ["esp-12f"] })).toEqual([
      "agent-port-unknown",
      { id, known: ["ttyUSB0", "esp-12f"] },
    ]);
    expect(await refusal({ listPorts: async () => [] })).toEqual(["agent-no-ports", { id }]);
  });

  it("refuses a port that another client has, in words, and its bytes stay that client's", async () => {
    const { port, opened } = makeDesk();
    const first = await port("ttyUSB0");
    first.take();
    const second = await port("ttyUSB0");
    expect(second.take()).toMatchObject([
      { type: "refused", error: { message: "/dev/ttyUSB0 is in use by another client of this agent." } },
    ]);
    opened[0]!.say(Uint8Array.of(1));
    await turns();
    expect([first.take(), second.take(), opened.length]).toEqual([[1], [], 1]);
  });

  it("waits for a client that is just letting go, and only one waits", async () => {
    const { port, opened } = makeDesk();
    const first = await port("ttyUSB0");
    opened[0]!.stuck.add("close");
    first.terminate();
    const second = await port("ttyUSB0");
    const third = await port("ttyUSB0");
    expect(third.take()).toMatchObject([{ type: "refused", error: { code: "port-in-use" } }]);
    expect(second.take()).toEqual([]);
    opened[0]!.end({ reason: "closed" });
    await turns();
    expect(second.take()).toMatchObject([{ type: "open" }]);
  });

  it("closes at once a port whose client went while it opened", async () => {
    let finish!: (port: FakePort) => void;
    const desk = makeDesk({ openPort: () => new Promise<FakePort>((resolve) => (finish = resolve)) });
    const client = await desk.port("ttyUSB0");
    client.terminate();
    const late = new FakePort();
    finish(late);
    await turns();
    expect(late.seen).toEqual(["close"]);
    const again = await desk.port("ttyUSB0");
    expect(again.end).toBeUndefined();
  });

  it("tells why the system refuses, and the port stays free", async () => {
    const error = new FlasherError("port-denied", { label: "/dev/ttyUSB0", group: "dialout" });
    const desk = makeDesk({ openPort: () => Promise.reject(error) });
    for (const client of [await desk.port("ttyUSB0"), await desk.port("ttyUSB0")])
      expect(client.take()).toMatchObject([{ type: "refused", error: { code: "port-denied" } }]);
  });

  it("refuses one port more than the agent lends at a time", async () => {
    const virtualBoards = Array.from({ length: agentLimits.openPorts + 1 }, (_, at) => `board-${at}`);
    const { port } = makeDesk({ virtualBoards });
    for (const board of virtualBoards.slice(1))
      expect((await port(board)).take()).toMatchObject([{ type: "open" }]);
    expect((await port(virtualBoards[0]!)).take()).toMatchObject([
      { type: "refused", error: { code: "agent-ports-full", params: { count: 16 } } },
    ]);
  });
});

describe("the control socket", () => {
  it("refuses requests from all but the terminal", async () => {
    const client = makeDesk().control();
    await turns();
    client.take();
    client.ask({ id: 4, do: "list-pairings" });
    await turns();
    expect(client.take()).toMatchObject([{ type: "failed", id: 4, error: { code: "agent-terminal-only" } }]);
  });

  it("passes the terminal's requests on, and their failures back", async () => {
    const { desk } = makeDesk();
    const socket = new FakeSocket();
    desk.serveControl(socket, {
      async onRequest({ id, do: what }) {
        if (what === "open-pairing") throw new FlasherError("agent-failed", { detail: "closed" });
        return { type: "pairings", id, pairings: [] };
      },
    });
    await turns();
    socket.take();
    socket.ask({ id: 1, do: "list-pairings" });
    socket.ask({ id: 2, do: "open-pairing" });
    await turns();
    expect(socket.take()).toMatchObject([
      { type: "pairings", id: 1, pairings: [] },
      { type: "failed", id: 2, error: { code: "agent-failed" } },
    ]);
  });

  it("is closed for bytes, for what is no request, and for too many requests", async () => {
    const { control, desk } = makeDesk();
    const [bytes, noise] = [control(), control()];
    bytes.client.onBytes(Uint8Array.of(1));
    noise.client.onText("[]");
    const flood = new FakeSocket();
    desk.serveControl(flood, { onRequest: () => new Promise(() => {}) });
    for (let id = 0; id <= agentLimits.pendingRequests; id++) flood.ask({ id, do: "list-pairings" });
    for (const { end } of [bytes, noise, flood]) expect(end?.[0]).toBe(1008);
  });
});

it("a desk that closes lets go of every port and closes every socket, and takes no more", async () => {
  const { desk, clock, control, port, opened } = makeDesk({ virtualBoards: ["a", "b"] });
  const sockets = [control(), await port("a"), await port("b")];
  await desk.close();
  expect(opened.map(({ seen }) => seen.at(-1))).toEqual(["close", "close"]);
  sockets.push(control(), await port("a"));
  for (const { end } of sockets) expect(end).toEqual([1001, "the agent ends"]);
  expect(clock.pendingTimers).toBe(0);
});
