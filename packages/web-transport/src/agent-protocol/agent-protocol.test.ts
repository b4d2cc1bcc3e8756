import { FlasherError } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import {
  parseError,
  portMessage,
  portPath,
  portRequest,
  readMessage,
  tokenFromSubprotocols,
  withToken,
} from "./index.js";

const read = (message: unknown) => readMessage(portRequest, JSON.stringify(message));

describe("a request to a port", () => {
  it("is what it was", () => {
    const reset = { id: 3, do: "signal", steps: [{ dtr: false, rts: true, waitMs: 100 }, { rts: false }] };
    expect(read(reset)).toEqual(reset);
    expect(read({ do: "taken", byteCount: 70_000 })).toEqual({ do: "taken", byteCount: 70_000 });
  });

  it.each([
    ["no JSON", "{"],
    ["nothing", "null"],
    ["an unknown verb", { id: 1, do: "exec" }],
    ["a member too many", { id: 1, do: "drain", path: "/etc/passwd" }],
    ["33 steps", { id: 1, do: "signal", steps: Array.from({ length: 33 }, () => ({ dtr: true })) }],
    ["10,001 ms in all", { id: 1, do: "signal", steps: [{ waitMs: 5001 }, { waitMs: 5000 }] }],
    ["a wait that goes back", { id: 1, do: "signal", steps: [{ waitMs: -1 }] }],
    ["299 baud", { id: 1, do: "baud", baudRate: 299 }],
    ["4,000,001 baud", { id: 1, do: "baud", baudRate: 4_000_001 }],
    ["half a baud", { id: 1, do: "baud", baudRate: 115200.5 }],
    ["a break of 2001 ms", { id: 1, do: "break", durationMs: 2001 }],
  ])("is refused with %s", (_, message) => {
    expect(readMessage(portRequest, typeof message === "string" ? message : JSON.stringify(message))).toBe(
      undefined,
    );
  });
});

describe("an error on its way", () => {
  const failed = (error: unknown) => {
    const message = readMessage(portMessage, JSON.stringify({ type: "refused", error }));
    return message?.type === "refused" ? parseError(message.error) : undefined;
  };

  it("arrives with code, parameters and the platform's words", () => {
    const cause = new Error("Resource busy");
    const error = failed(new FlasherError("port-busy", { label: "/dev/ttyUSB0" }, { cause }));
    expect(error).toMatchObject({ code: "port-busy", params: { label: "/dev/ttyUSB0" }, cause });
  });

  it("has the words of this side, whatever the other claims", () => {
    const data = { ...new FlasherError("port-busy", { label: "COM3" }).toJSON(), hint: "Call 0900" };
    expect(failed(data)?.hint).toBe(new FlasherError("port-busy", { label: "COM3" }).hint);
  });

  it("is still told when its code is not known here", () => {
    const data = { ...new FlasherError("port-busy").toJSON(), code: "port-on-fire", message: "It burns." };
    expect(failed(data)).toMatchObject({ code: "agent-failed", params: { detail: "It burns." } });
    expect(failed({ ...data, code: "toString" })).toMatchObject({ code: "agent-failed" });
  });
});

describe("addresses", () => {
  it("keep an id in its place", () => {
    expect(portPath("../a?b", 115200)).toBe("/api/ports/..%2Fa%3Fb?baud=115200");
  });

  it("carry a token as a subprotocol, once", () => {
    const offered = withToken("secret");
    expect(tokenFromSubprotocols(offered.join(", "))).toBe("secret");
    expect(tokenFromSubprotocols([...offered, offered[1]].join(","))).toBe(undefined);
    expect(tokenFromSubprotocols(offered[1])).toBe(undefined);
    expect(tokenFromSubprotocols(undefined)).toBe(undefined);
  });
});
