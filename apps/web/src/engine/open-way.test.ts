import { afterEach, describe, expect, it, vi } from "vitest";
import type { AgentWay, EngineEvent } from "./engine.js";
import { WayOpener } from "./open-way.js";

type Listener = (event: { readonly data: string }) => void;

/** The agent's end of the one socket that is opened. */
class FakeSocket {
  static opened: FakeSocket;
  readyState = 1;
  binaryType = "blob";
  readonly #listeners = new Map<string, Listener>();

  constructor(
    readonly address: string,
    readonly protocols: readonly string[],
  ) {
    FakeSocket.opened = this;
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, listener);
  }

  say(message: object): void {
    this.#listeners.get("message")?.({ data: JSON.stringify(message) });
  }

  send(): void {}

  close(): void {
    this.readyState = 3;
    this.#listeners.get("close")?.({ data: "" });
  }
}

const way: AgentWay = {
  kind: "agent",
  url: "http://127.0.0.1:8266",
  token: "secret",
  id: "usb-1",
  label: "/dev/ttyUSB0",
  adapter: { vendorId: "10c4", productId: "ea60" },
};

afterEach(() => vi.unstubAllGlobals());

describe("a way through the agent", () => {
  it("opens its port with the token beside the address, and tells of bytes that were lost", async () => {
    vi.stubGlobal("WebSocket", FakeSocket);
    const told: EngineEvent[] = [];
    const opening = new WayOpener((event) => told.push(event)).open(way);
    await vi.waitUntil(() => FakeSocket.opened !== undefined);
    const { opened } = FakeSocket;
    expect([opened.address, opened.protocols]).toEqual([
      "ws://127.0.0.1:8266/api/ports/usb-1?baud=115200",
      ["flashwright.agent.1", "flashwright.token.secret"],
    ]);
    opened.say({
      type: "open",
      label: "theirs",
      capabilities: { lines: "dtr-rts", baudRate: "any" },
    });
    const { port, adapter } = await opening;
    expect([port.transport.label, adapter]).toEqual([way.label, way.adapter]);
    opened.say({ type: "overrun", droppedBytes: 4096 });
    expect(told).toEqual([
      {
        type: "warning",
        text:
          "/dev/ttyUSB0: 4 KB (4096 bytes) from the board were lost, since nobody read them for too long. " +
          "Keep the page that reads the port in the foreground, or lower the baud rate.",
      },
    ]);
    port.transport.abort();
    expect(opened.readyState).toBe(3);
  });
});
