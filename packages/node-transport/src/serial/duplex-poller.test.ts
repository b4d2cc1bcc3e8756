import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { watchBothDirections } from "./duplex-poller.js";

/** The binding's poller: `once` asks the native part for the one event, before it adds the listener. */
class FakePoller extends EventEmitter {
  readonly asked: number[] = [];
  readonly poller = { poll: (events: number) => this.asked.push(events) };

  poll(events = 0): void {
    this.poller.poll(events);
  }

  override once(event: string, listener: () => void): this {
    this.poll(event === "readable" ? 1 : 2);
    return super.once(event, listener);
  }
}

describe("waiting for both directions", () => {
  it("asks for writable and readable when a read already waits, and the other way round", () => {
    const poller = new FakePoller();
    watchBothDirections({ poller });
    poller.once("readable", () => {});
    poller.once("writable", () => {});
    poller.emit("readable");
    poller.once("readable", () => {});
    expect(poller.asked).toEqual([1, 3, 3]);
  });

  it("asks for one event when only one is waited for", () => {
    const poller = new FakePoller();
    watchBothDirections({ poller });
    poller.once("writable", () => {});
    poller.emit("writable");
    poller.once("readable", () => {});
    expect(poller.asked).toEqual([2, 1]);
  });

  it("leaves a binding without such a poller alone: Windows, a mock, none", () => {
    for (const port of [undefined, {}, { poller: undefined }, { poller: { poll: () => {} } }])
      expect(() => watchBothDirections(port)).not.toThrow();
  });
});
