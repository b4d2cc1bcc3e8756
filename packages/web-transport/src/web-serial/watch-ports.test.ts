import { describe, expect, it } from "vitest";
import { FakeSerial, fakePort } from "./fake-serial.js";
import { type WebPortsChange, watchPorts } from "./watch-ports.js";

const cp2102 = () => fakePort(0x10c4, 0xea60);
const labels = (ports: WebPortsChange["ports"]) => ports.map(({ label }) => label);

describe("ports of the browser that are watched", () => {
  it("are all added at first, then come and go as the browser tells", async () => {
    const [first, second] = [cp2102(), fakePort()];
    const serial = new FakeSerial(first);
    const abort = new AbortController();
    const seen: [string, string[], string[]][] = [];
    const steps = [
      () => serial.ports.push(second),
      () => (serial.ports = [second]),
      () => (serial.ports = [second, cp2102()]),
      () => abort.abort(),
    ];
    for await (const { ports, added, removed } of watchPorts(serial, { signal: abort.signal })) {
      seen.push([labels(ports).join(", "), labels(added), labels(removed)]);
      steps.shift()?.();
      serial.tell("connect");
    }
    expect(seen).toEqual([
      ["CP2102 (10c4:ea60)", ["CP2102 (10c4:ea60)"], []],
      ["CP2102 (10c4:ea60), serial port", ["serial port"], []],
      ["serial port", [], ["CP2102 (10c4:ea60)"]],
      ["serial port, CP2102 (10c4:ea60)", ["CP2102 (10c4:ea60)"], []],
    ]);
  });

  it("are told of once, however often the browser says so, and not at all when nothing has changed", async () => {
    const serial = new FakeSerial();
    const abort = new AbortController();
    const watching = watchPorts(serial, { signal: abort.signal });
    expect((await watching.next()).value).toEqual({ ports: [], added: [], removed: [] });
    const next = watching.next();
    serial.tell("disconnect");
    await new Promise((resolve) => setImmediate(resolve));
    serial.ports.push(cp2102());
    for (const type of ["connect", "connect", "disconnect"] as const) serial.tell(type);
    expect(labels((await next).value?.added ?? [])).toEqual(["CP2102 (10c4:ea60)"]);
    const last = watching.next();
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    expect(await last).toEqual({ done: true, value: undefined });
  });

  it("are not listened to any more when the watch has ended", async () => {
    const serial = new FakeSerial();
    let listeners = 0;
    const { addEventListener, removeEventListener } = serial;
    serial.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listeners++;
      addEventListener.apply(serial, args);
    };
    serial.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listeners--;
      removeEventListener.apply(serial, args);
    };
    const watching = watchPorts(serial, { signal: new AbortController().signal });
    await watching.next();
    expect(listeners).toBe(2);
    await watching.return();
    expect(listeners).toBe(0);
  });
});
