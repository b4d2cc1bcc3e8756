import { describe, expect, it } from "vitest";
import { Uart } from "./uart.js";

function listening(raw: boolean) {
  const uart = new Uart(80_000_000, { send: (_, __, time) => time, stop: () => {} }, () => 0);
  const heard: number[][] = [];
  uart.receiver = {
    raw,
    accept(bytes, from) {
      heard.push([...bytes.subarray(from)]);
      return bytes.length;
    },
  };
  return { uart, heard };
}

describe("a break at the receive pin", () => {
  it("is one byte of 0x00 for whoever reads the FIFO", () => {
    const { uart, heard } = listening(false);
    uart.receiveBreak();
    expect(heard).toEqual([[0]]);
  });

  it("is nothing for the autobaud unit, and nothing where nobody listens", () => {
    const { uart, heard } = listening(true);
    uart.receiveBreak();
    uart.receiver = undefined;
    uart.receiveBreak();
    expect(heard).toEqual([]);
  });
});
