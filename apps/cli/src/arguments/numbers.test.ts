import { FlasherError } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { parseNumber, parsePositive, parseTcpPort } from "./numbers.js";

describe("a number", () => {
  it.each([
    ["0", 0],
    ["0x1000", 4096],
    ["0X3fC000", 0x3fc000],
    ["4096", 4096],
    ["4k", 4096],
    ["4K", 4096],
    ["1M", 0x100000],
    ["0x10k", 0x4000],
    ["010", 10],
  ])("%s is %i", (text, value) => {
    expect(parseNumber(text, "an address")).toBe(value);
  });

  it.each(["", "x", "0x", "1.5", "-1", "1g", "1 k", "0b11", "1e3", "4294967296", "0xfffffffff", "boot.bin"])(
    "%j is none",
    (text) => {
      expect(() => parseNumber(text, "an address")).toThrow(
        new FlasherError("number-invalid", { text, what: "an address" }),
      );
    },
  );

  it("of something that has to exist is at least 1", () => {
    expect(parsePositive("1", "a length")).toBe(1);
    expect(() => parsePositive("0", "a length")).toThrow("0 is not a length.");
  });
});

describe("a TCP port", () => {
  it.each([
    ["0", 0],
    ["65535", 65535],
  ])("may be %s", (text, port) => {
    expect(parseTcpPort(text)).toBe(port);
  });

  it.each(["65536", "0x50", "4k", "-1", ""])("is not %j", (text) => {
    expect(() => parseTcpPort(text)).toThrow(`${text} is not a TCP port (0 to 65535).`);
  });
});
