import type { Clock } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import type { ListedPort } from "./list-ports.js";
import { type PortsChange, type WatchPortsOptions, watchPorts } from "./watch-ports.js";

const usb0: ListedPort = { path: "/dev/ttyUSB0", vendorId: "10c4", productId: "ea60", serialNumber: "1" };
const usb1: ListedPort = { path: "/dev/ttyUSB1", vendorId: "1a86", productId: "7523" };

/** A clock whose timers fire at once, in the next turn. */
function hurriedClock(): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    now: () => 0,
    setTimer(ms, fire) {
      waits.push(ms);
      const timer = setImmediate(fire);
      return () => clearImmediate(timer);
    },
  };
}

/** Lists these one after the other; after the last one the watch ends. */
async function watch(looks: (readonly ListedPort[] | Error)[], options: Partial<WatchPortsOptions> = {}) {
  const abort = new AbortController();
  const clock = hurriedClock();
  const changes: PortsChange[] = [];
  const list = async () => {
    const look = looks.shift();
    if (looks.length === 0) setImmediate(() => abort.abort());
    if (look instanceof Error) throw look;
    return look ?? [];
  };
  for await (const change of watchPorts({ signal: abort.signal, clock, list, ...options }))
    changes.push(change);
  return { changes, waits: clock.waits };
}

describe("ports that are watched", () => {
  it("are all added at first, and nothing is said while nothing changes", async () => {
    const { changes, waits } = await watch([[usb0], [usb0], [usb0], [usb0]]);
    expect(changes).toEqual([{ ports: [usb0], added: [usb0], removed: [] }]);
    expect(new Set(waits)).toEqual(new Set([500]));
  });

  it("come and go", async () => {
    const { changes } = await watch([[], [usb0], [usb0, usb1], [usb1], [usb1]], { intervalMs: 20 });
    expect(changes).toEqual([
      { ports: [], added: [], removed: [] },
      { ports: [usb0], added: [usb0], removed: [] },
      { ports: [usb0, usb1], added: [usb1], removed: [] },
      { ports: [usb1], added: [], removed: [usb0] },
    ]);
  });

  it("are others where another adapter took the path between two looks", async () => {
    const other = { ...usb0, serialNumber: "2" };
    const { changes } = await watch([[usb0], [other], [other]]);
    expect(changes[1]).toEqual({ ports: [other], added: [other], removed: [usb0] });
  });

  it("may fail to be listed once or twice, not three times in a row, and not at first", async () => {
    const broken = new Error("no list");
    const { changes } = await watch([[usb0], broken, broken, [usb0], broken, broken, [], []]);
    expect(changes.map(({ ports }) => ports)).toEqual([[usb0], []]);
    await expect(watch([[usb0], broken, broken, broken, [usb0]])).rejects.toBe(broken);
    await expect(watch([broken, [usb0]])).rejects.toBe(broken);
  });

  it("end at once when the signal says so, in the middle of a wait", async () => {
    const abort = new AbortController();
    let cancelled = 0;
    const clock: Clock = { now: () => 0, setTimer: () => () => void cancelled++ };
    const watching = watchPorts({ signal: abort.signal, clock, list: async () => [usb0] });
    await watching.next();
    const next = watching.next();
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(cancelled).toBe(1);
  });
});
