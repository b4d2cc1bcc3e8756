import { describe, expect, it } from "vitest";
import { FlasherError } from "../errors.js";
import type { MessageCode } from "../messages/catalogue.js";
import { LoaderRefusal } from "../protocol/connection.js";
import { isConnectionLost } from "./lost-connection.js";

const lost: readonly MessageCode[] = [
  "port-lost",
  "port-failed",
  "rfc2217-no-answer",
  "command-timeout",
  "chip-crashed",
  "read-stalled",
];

const final: readonly MessageCode[] = [
  "port-closed",
  "port-busy",
  "verify-failed",
  "write-refused",
  "loader-refused",
  "flash-protected",
  "flash-busy",
  "read-mismatch",
  "bad-reply",
  "plan-wrong-chip",
  "plan-stale",
  "connect-silent",
  "wrong-chip",
];

describe("a connection that may be had again", () => {
  it.each(lost)("was lost with %s", (code) => {
    expect(isConnectionLost(new FlasherError(code))).toBe(true);
  });

  it.each(final)("was not lost with %s", (code) => {
    expect(isConnectionLost(new FlasherError(code))).toBe(false);
  });

  it("was lost with no error of another kind, an abort and a bug among them", () => {
    const refusal = new LoaderRefusal(0x02, { code: 0xc4, reason: 0 });
    const others = [refusal, new Error("port-lost"), { code: "port-lost" }, undefined];
    expect(others.map(isConnectionLost)).toEqual([false, false, false, false]);
  });
});
