import { describe, expect, it } from "vitest";
import type { Clock, Transport, TransportEnd } from "../transport.js";
import { readReg } from "./command.js";
import { Connection } from "./connection.js";

const clock: Clock = {
  now: () => 0,
  setTimer(delayMs, fire) {
    // Deadlines of commands never pass here; the short wait for the end of a transport does at once.
    if (delayMs > 100) return () => {};
    const immediate = setImmediate(fire);
    return () => clearImmediate(immediate);
  },
};

/** A transport that takes what is written and reads as `read` does. */
function transportWith(read: Transport["read"], closed: Promise<TransportEnd> = new Promise(() => {})) {
  const done = async () => {};
  const capabilities = { lines: "none", baudRate: "any" } as const;
  const rest = { write: done, drain: done, discard: done, signal: done, setBaudRate: done, close: done };
  return { label: "test port", capabilities, closed, read, ...rest, abort: () => {} } satisfies Transport;
}

const sendOn = (transport: Transport) =>
  new Connection(transport, clock, { statusBytes: 2 }).send(readReg(0x40001000));

describe("a connection", () => {
  it("says that the port failed where a read fails and the port lives on", async () => {
    const refused = async () => {
      throw new Error("another read is pending");
    };
    await expect(sendOn(transportWith(refused))).rejects.toMatchObject({
      code: "port-failed",
      params: { label: "test port", detail: "Error: another read is pending" },
    });
  });

  it.each([
    ["lost", "port-lost"],
    ["closed", "port-closed"],
  ] as const)(
    "says how the port ended when it was %s, also where a read fails with it",
    async (reason, code) => {
      const closed = Promise.resolve({ reason });
      const failing = async () => {
        throw new Error("EIO");
      };
      await expect(sendOn(transportWith(failing, closed))).rejects.toMatchObject({ code });
      await expect(sendOn(transportWith(async () => undefined, closed))).rejects.toMatchObject({ code });
    },
  );
});
