import { FlasherError, type Transport } from "@flashwright/core";
import { afterEach, describe, expect, it } from "vitest";
import type { Engine, Told } from "../engine/engine.js";
import { lendTransport, lentTransport } from "./lent-transport.js";
import { remoteEngine } from "./remote-engine.js";
import { serveEngine } from "./serve.js";

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** Both ends of a channel. */
function channel() {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  port1.start();
  port2.start();
  return [port1, port2] as const;
}

describe("an engine at the other end of a channel", () => {
  it("answers calls and tells what happens meanwhile", async () => {
    const [page, worker] = channel();
    const told: Told[] = [];
    serveEngine(
      worker,
      (tell) =>
        ({
          async read({ offset, size }: { offset: number; size: number }) {
            tell({ at: 1, event: { type: "note", text: "reading" } });
            return new Uint8Array(size).fill(offset);
          },
        }) as unknown as Engine,
    );
    const engine = remoteEngine(page, (one) => told.push(one));
    expect(await engine.read({ offset: 7, size: 3 })).toEqual(Uint8Array.of(7, 7, 7));
    expect(told).toEqual([{ at: 1, event: { type: "note", text: "reading" } }]);
  });

  it("rejects with the problem that it words, and words what is a bug", async () => {
    const [page, worker] = channel();
    const problem = { code: "port-lost", message: "gone", details: "d", isCancelled: false };
    serveEngine(
      worker,
      () =>
        ({
          examine: () => Promise.reject(problem),
          cancel: () => Promise.reject(new Error("a bug")),
        }) as unknown as Engine,
    );
    const engine = remoteEngine(page, () => {});
    await expect(engine.examine()).rejects.toEqual(problem);
    await expect(engine.cancel()).rejects.toMatchObject({ code: "internal", message: "a bug" });
  });
});

describe("a language", () => {
  it("is spoken before the calls that come after it, however long it takes to learn", async () => {
    const [page, worker] = channel();
    let spoken = "en";
    const speak = async (language: string) => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      spoken = language;
    };
    const make = () => ({ examineText: async () => spoken }) as unknown as Engine;
    serveEngine(worker, make, speak);
    page.postMessage({ language: "pl" });
    expect(await remoteEngine(page, () => {}).examineText("")).toBe("pl");
  });
});

describe("a lent transport", () => {
  it("is the other one, with its failures and its end", async () => {
    const [page, worker] = channel();
    const written: Uint8Array[] = [];
    let end!: (value: { reason: "lost" }) => void;
    const transport: Transport = {
      label: "CP2102",
      capabilities: { lines: "dtr-rts", baudRate: "any" },
      closed: new Promise((resolve) => {
        end = resolve;
      }),
      read: async () => Uint8Array.of(0xc0),
      write: async (bytes) => {
        written.push(bytes);
      },
      drain: async () => {},
      discard: async () => {},
      signal: async () => {
        throw new FlasherError("port-lines-missing", { label: "CP2102" });
      },
      setBaudRate: async () => {},
      close: async () => {},
      abort: () => {},
    };
    const lent = lentTransport(worker);
    lendTransport(transport, page);
    const far = await lent;
    expect([far.label, far.capabilities]).toEqual(["CP2102", transport.capabilities]);
    await far.write(Uint8Array.of(1, 2));
    expect(written).toEqual([Uint8Array.of(1, 2)]);
    expect(await far.read()).toEqual(Uint8Array.of(0xc0));
    await expect(far.signal([])).rejects.toMatchObject({
      code: "port-lines-missing",
      params: { label: "CP2102" },
    });
    end({ reason: "lost" });
    expect(await far.closed).toEqual({ reason: "lost" });
  });
});
