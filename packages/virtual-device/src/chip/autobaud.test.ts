import { describe, expect, it } from "vitest";
import { concat, SYNC } from "../testing/host.js";
import { AutobaudUnit } from "./autobaud.js";

const measure = (bytes: Uint8Array, baudRate: number) => {
  const unit = new AutobaudUnit(52e6, false, () => {});
  const taken = unit.accept(bytes, 0, baudRate);
  return { taken, ready: unit.ready, divisor: unit.ready ? unit.divisor : undefined };
};

describe("the autobaud unit at 26 MHz", () => {
  it("measures the divisors that the genuine ROM came to", () => {
    const rates = [74880, 115200, 230400, 460800, 921600, 1_000_000, 1_500_000];
    expect(rates.map((rate) => measure(SYNC, rate).divisor)).toEqual([694, 451, 225, 112, 56, 52, 34]);
  });

  it("spends a first plain SYNC on the measurement and takes the second at 115200", () => {
    expect(measure(SYNC, 115200).taken).toBeLessThan(SYNC.length);
    const rest = concat(SYNC, SYNC).length - measure(concat(SYNC, SYNC), 115200).taken;
    expect(rest).toBeGreaterThan(SYNC.length);
  });

  it("is still looking when a second SYNC right behind the first begins at 460800", () => {
    const both = concat(SYNC, SYNC);
    expect(both.length - measure(both, 460800).taken).toBeLessThan(SYNC.length);
  });

  it.each([115200, 230400, 460800, 921600])("leaves a SYNC behind 2 ms of 0x55 whole at %i baud", (rate) => {
    const preamble = new Uint8Array(Math.ceil((2 * rate) / 10_000)).fill(0x55);
    expect(measure(concat(preamble, SYNC), rate).taken).toBeLessThanOrEqual(preamble.length);
  });

  it("is not ready after a stray byte", () => {
    expect(measure(Uint8Array.of(0x0d), 115200)).toEqual({ taken: 1, ready: false, divisor: undefined });
  });

  it("locks to a rate that is not the host's when the bytes have no single-bit pulses", () => {
    // 0xf0 is a low of five bits and a high of five.
    expect(measure(new Uint8Array(20).fill(0xf0), 115200).divisor).toBe(2256);
  });
});
