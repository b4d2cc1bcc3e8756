import { deflateSync } from "node:zlib";
import { esp8266ImageTarget, parseEspImage } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { makeFirmware } from "./make-image.js";

describe("the made firmware", () => {
  const { boot, irom } = makeFirmware();

  it("has the form of an image that boots from a 4 MB chip", () => {
    const image = parseEspImage(boot, esp8266ImageTarget);
    expect(image).toMatchObject({ format: "v1", size: boot.length, trailingSize: 0 });
    expect(image.boot.segments.map(({ memory, size }) => [memory, size])).toEqual([
      ["IRAM", 27712],
      ["DRAM", 900],
      ["DRAM", 2512],
    ]);
    expect(image.boot.checksum.computed).toBe(image.boot.checksum.stored);
    expect([boot[2], boot[3]]).toEqual([2, 0x40]);
  });

  it("is as large as real firmware and packs as well", () => {
    expect(irom.length).toBe(461360);
    const ratio = deflateSync(irom, { level: 9 }).length / irom.length;
    expect(ratio).toBeGreaterThan(0.65);
    expect(ratio).toBeLessThan(0.78);
  });

  it("is the same for the same seed, and another for another", () => {
    expect(Buffer.compare(makeFirmware().irom, irom)).toBe(0);
    expect(Buffer.compare(makeFirmware(1).irom, irom)).not.toBe(0);
  });
});
