import { EventEmitter } from "node:events";
import { ReceiveQueue } from "@flashwright/core/port";
import type { SerialPort } from "serialport";
import { describe, expect, it } from "vitest";
import { HeldClock } from "../../../../test/support/held-clock.js";
import { SerialDriver } from "./serial-driver.js";

type Done = (error?: Error | null) => void;

/** As much of a `SerialPort` as a driver uses, without the port. */
class FakePort extends EventEmitter {
  readonly path = "/dev/ttyUSB0";
  readonly baudRate = 115200;
  readonly calls: string[] = [];
  isOpen = true;
  getError: Error | null = null;

  get(done: Done): void {
    this.calls.push("get");
    done(this.getError);
  }

  set(lines: unknown, done: Done): void {
    this.calls.push(`set ${JSON.stringify(lines)}`);
    done(null);
  }

  flush(done: Done): void {
    this.calls.push("flush");
    done(null);
  }

  close(done: Done): void {
    this.calls.push("close");
    this.isOpen = false;
    done(null);
    this.emit("close", null);
  }

  pause(): void {
    this.calls.push("pause");
  }

  resume(): void {
    this.calls.push("resume");
  }
}

function driven() {
  const port = new FakePort();
  const clock = new HeldClock();
  const received = new ReceiveQueue();
  const lost: (string | undefined)[] = [];
  received.observe({ onFull: () => {}, onRoom: () => {}, onLost: (detail) => lost.push(detail) });
  const driver = new SerialDriver(port as unknown as SerialPort, received, clock);
  return { port, clock, lost, driver };
}

const turns = () => new Promise((resolve) => setImmediate(resolve));

describe("a serial driver", () => {
  it("asks once a second whether the port is still there, and is lost when the system says EIO", async () => {
    const { port, clock, lost } = driven();
    clock.advance(999);
    expect(port.calls).toEqual([]);
    clock.advance(1);
    await turns();
    expect(port.calls).toEqual(["get"]);
    port.getError = new Error("Error: Input/output error, cannot get");
    clock.advance(1000);
    await turns();
    expect(lost).toEqual(["Error: Input/output error, cannot get"]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("does not take a terminal without lines for one that is gone", async () => {
    const { port, clock, lost } = driven();
    port.getError = new Error("Error: Inappropriate ioctl for device, cannot get");
    clock.advance(1000);
    await turns();
    expect(lost).toEqual([]);
    expect(clock.pendingTimers).toBe(1);
  });

  it("asks also when it flows again after a pause", async () => {
    const { port, driver } = driven();
    driver.pause();
    driver.resume();
    await turns();
    expect(port.calls).toEqual(["pause", "resume", "get"]);
  });

  it("names all lines in one call, since the package asserts those that are not named and ends a break", async () => {
    const { port, driver } = driven();
    await driver.setLines({ dtr: false, rts: true, brk: false });
    expect(port.calls).toEqual(['set {"dtr":false,"rts":true,"brk":false}']);
  });

  it("flushes before it closes where bytes are to be dropped: closing would wait for them", async () => {
    const dropping = driven();
    await dropping.driver.release({ dropUnsent: true });
    expect(dropping.port.calls).toEqual(["flush", "close"]);
    const sending = driven();
    await sending.driver.release({ dropUnsent: false });
    expect(sending.port.calls).toEqual(["close"]);
    expect(sending.clock.pendingTimers).toBe(0);
  });

  it("is lost with the platform's words when the package closes the port by itself", () => {
    const { port, lost } = driven();
    port.emit("close", Object.assign(new Error("bad file descriptor"), { disconnected: true }));
    expect(lost).toEqual(["bad file descriptor"]);
  });
});
