import { describe, expect, it } from "vitest";
import { concat, toHex } from "./bytes.js";
import { defaultCodecs } from "./codecs.js";

describe("defaultCodecs.pack", () => {
  it("packs an erased sector into the 26 bytes that the reference implementation makes", () => {
    const [block, ...more] = defaultCodecs.pack(new Uint8Array(4096).fill(0xff), 0x4000);
    expect(toHex(block.bytes)).toBe("78daedc1010d000000c2a0fea96f0f07140000" + "00f06e8161f0e2");
    expect(more).toEqual([]);
  });

  it("cuts the stream into whole blocks and says how much each may unpack to", () => {
    let state = 1;
    const noise = Uint8Array.from({ length: 70_000 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
    const blocks = defaultCodecs.pack(noise, 0x4000);
    expect(blocks.slice(0, -1).every(({ bytes }) => bytes.length === 0x4000)).toBe(true);
    expect(blocks.at(-1)?.unpackedEnd).toBe(70_000);
    expect(blocks.every(({ unpackedEnd }, i) => i === 0 || unpackedEnd >= blocks[i - 1].unpackedEnd)).toBe(
      true,
    );
    expect(concat(blocks.map(({ bytes }) => bytes)).length).toBeGreaterThan(69_000);
  });
});

describe("digests", () => {
  it("are the published values for the empty input", () => {
    expect(toHex(defaultCodecs.md5(new Uint8Array(0)))).toBe("d41d8cd98f00b204e9800998ecf8427e");
    expect(toHex(defaultCodecs.sha256(new Uint8Array(0)))).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });
});
