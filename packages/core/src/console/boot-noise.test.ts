import { describe, expect, it } from "vitest";
import { banner, loads, secondBoot } from "../boot/sample-logs.fixture.js";
import { BootNoise, type OutputPart } from "./boot-noise.js";
import { slowerSender } from "./slower-sender.js";

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text));
const ROM = 74_880;

/** The boot text as a receiver at 115200 delivers it by the model; the second one begins bytes in the middle of a level. */
const MODELLED = [
  "726c006c9c9e7c008c6ce07c020c0c0c8c0c6cec0c627c8e8202ec1292729262",
  "637c00048c24e07c030404048c040c24e40c637c8603829b137b9223930c048c046f6f8e246f6e9c930c0423",
].map((hex) => Uint8Array.from(Buffer.from(hex, "hex")));

/** Bits on a line, and what a receiver samples of them: apart from the device's own model of a line, which tests beyond this. */
function heard(text: string, sent: number, received: number, late = 0): Uint8Array {
  const bits = [...bytesOf(text)].flatMap((byte) => [
    0,
    ...[...Array(8).keys()].map((i) => (byte >> i) & 1),
    1,
  ]);
  const step = sent / received;
  const level = (at: number) => bits[Math.floor(at)] ?? 1;
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; ) {
    while (at < bits.length && level(at) === 1) at = Math.floor(at) + 1;
    if (at >= bits.length) break;
    const first = at + late * step;
    bytes.push([...Array(8).keys()].reduce((sum, i) => sum | (level(first + (i + 1.5) * step) << i), 0));
    at = first + 9.5 * step;
    while (at < bits.length && level(at) === 0) at = Math.floor(at) + 1;
  }
  return Uint8Array.from(bytes);
}

const noise = heard(`${banner()}${loads}${secondBoot}`, ROM, 115_200);

/** Parts with their output as text, neighbours joined. */
function told(parts: readonly OutputPart[]): (string | number)[] {
  const all: (string | number)[] = [];
  for (const part of parts) {
    const text = part.type === "output" ? Buffer.from(part.bytes).toString() : part.byteCount;
    if (typeof text === "string" && typeof all.at(-1) === "string") all.push(`${all.pop()}${text}`);
    else all.push(text);
  }
  return all;
}

/** What comes of chunks that follow without a pause, or behind one. */
function read(...chunks: (Uint8Array | string | { readonly behindPause: Uint8Array | string })[]) {
  const reader = new BootNoise(ROM, 115_200);
  const bytes = (value: Uint8Array | string) => (typeof value === "string" ? bytesOf(value) : value);
  const parts = chunks.flatMap((chunk) => {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) return reader.push(bytes(chunk));
    return reader.push(bytes(chunk.behindPause), 60);
  });
  return told([...parts, ...reader.flush()]);
}

const after = (first: Uint8Array, second: string) => Uint8Array.of(...first, ...bytesOf(second));

describe("a byte of a slower sender", () => {
  const canBe = slowerSender(ROM, 115_200);

  it("is never an end of a line, and only some letters can be one", () => {
    const letters = [..."\r\nabcdefghijklmnopqrstuvwxyz"].filter((letter) => canBe?.(letter.charCodeAt(0)));
    expect(letters.join("")).toBe("abcdfglnopqrsvwxy");
  });

  it.each(MODELLED.map((bytes) => Buffer.from(bytes).toString("hex")))("is each one of %s", (hex) => {
    const bytes = [...Buffer.from(hex, "hex")];
    expect(bytes.filter((byte) => canBe?.(byte) !== true)).toEqual([]);
  });

  it.each([0, 0.05, 0.1, -0.05])("is each one of a boot log, sampled %f bits late", (late) => {
    for (const rate of [115_200 * 0.98, 115_200, 115_200 * 1.02, 230_400, 921_600]) {
      const all = heard(`${banner()}${loads}${secondBoot}`, 74_928, rate, late);
      const can = slowerSender(ROM, rate);
      expect([...all].filter((byte) => can?.(byte) !== true)).toEqual([]);
    }
  });

  it("is not known by its bits where the sender is not slower", () => {
    expect([slowerSender(ROM, ROM), slowerSender(ROM, 57_600), slowerSender(115_200, 115_200)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("the boot ROM's text at another rate", () => {
  it("is counted, and nothing of it is output", () => {
    expect(read(noise)).toEqual([noise.length]);
    for (const seen of MODELLED) expect(read(seen)).toEqual([seen.length]);
  });

  it("may come in pieces; one byte at a time, what is a letter before anything else is output", () => {
    for (const size of [2, 3, 7, 64]) {
      const pieces = [];
      for (let at = 0; at < noise.length; at += size) pieces.push(noise.subarray(at, at + size));
      const parts = read(...pieces);
      expect(parts.at(-1)).toBe(noise.length - (size === 2 ? 2 : 0));
    }
    expect(read(...Array.from(noise, (byte) => Uint8Array.of(byte)))).toEqual(["rl", noise.length - 2]);
  });

  it("takes nothing of the first line behind a pause, whatever letters it begins with", () => {
    for (const line of [
      "\r\nready\r\n",
      "null\r\n",
      "lol no\r\n",
      "\x1b[?7l\r\n",
      "b",
      "\u00e9\u2713\r\n",
      "\x02\x03",
    ]) {
      expect(read(noise, { behindPause: line })).toEqual([noise.length, line]);
    }
  });

  it("takes nothing of it without a pause either; letters at the end of the noise may stand in front of it", () => {
    for (const line of ["\r\nready\r\n", "null\r\n", "Hello\r\n"]) {
      const [count, text] = read(after(noise, line));
      expect(text).toMatch(new RegExp(`^[a-z\`|]{0,3}${line}$`));
      expect(count).toBe(noise.length - (String(text).length - line.length));
    }
  });

  it("goes on where the adapter delivers late, to its last letters", () => {
    const reader = new BootNoise(ROM, 115_200);
    const parts = [...reader.push(noise.subarray(0, -2)), ...reader.push(noise.subarray(-2), 20)];
    parts.push(...reader.push(bytesOf("\r\nready\r\n"), 60), ...reader.flush());
    expect(told(parts)).toEqual([noise.length, "\r\nready\r\n"]);
  });

  it("goes on behind a pause, be it for a few bytes", () => {
    for (const left of [11, 17, 23]) {
      expect(read(noise.subarray(0, -left), { behindPause: noise.subarray(-left) })).toEqual([noise.length]);
      const [first, last] = [noise.subarray(0, -left), noise.subarray(-left)];
      expect(read(first, { behindPause: last }, { behindPause: "\r\nready\r\n" })).toEqual([
        noise.length,
        "\r\nready\r\n",
      ]);
    }
    expect(read(noise.subarray(0, 200), { behindPause: noise.subarray(200) })).toEqual([noise.length]);
  });

  it("is counted again at each restart", () => {
    expect(read("ok\r\n>", noise, { behindPause: "ok\r\n>" }, noise)).toEqual([
      "ok\r\n>",
      noise.length,
      "ok\r\n>",
      noise.length,
    ]);
  });

  it("survives a byte that was hit on the line", () => {
    const hit = noise.slice();
    hit[100] = 0xaa;
    expect(read(hit)).toEqual([noise.length]);
  });

  it("is told of in pieces where it does not end", () => {
    const reader = new BootNoise(ROM, 115_200);
    const counts = Array.from({ length: 40 }, () => told(reader.push(noise))).flat();
    expect(counts.length).toBe(Math.floor((40 * noise.length) / 4096));
  });
});

describe("what is no boot text", () => {
  it.each<[string, string | Uint8Array]>([
    ["plain text", "Hello, world\r\n".repeat(20)],
    ["text of letters that noise has too", "lollmnoprr ".repeat(20)],
    ["zeros", new Uint8Array(200)],
    ["padding of two kinds", Uint8Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 0 : 0xff))],
    ["Japanese", "\u3042\u3044\u3046\u3048\u304a\u3059\u307e\u3044\u308d\u3042".repeat(10)],
    ["Cyrillic", "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440".repeat(10)],
    ["binary data", Uint8Array.from({ length: 512 }, (_, i) => (i * 167 + (i >> 3) * 31) & 0xff)],
    ["line editing", "\b \b\b \b\x1b[2K\r>".repeat(10)],
    ["bytes of each value", Uint8Array.from({ length: 256 }, (_, i) => i)],
    ["text at half the rate of the boot ROM's", heard("temperature 21.5\r\n".repeat(8), 115_200, 57_600)],
  ])("is output as it came: %s", (_, value) => {
    const bytes = typeof value === "string" ? bytesOf(value) : value;
    const reader = new BootNoise(ROM, 115_200);
    const parts = [...reader.push(bytes), ...reader.flush()];
    expect(parts.map(({ type }) => type)).toEqual(parts.map(() => "output"));
    const all = parts.flatMap((part) => (part.type === "output" ? [...part.bytes] : []));
    expect(all).toEqual([...bytes]);
  });

  it("is output at once where it is an echoed key", () => {
    const reader = new BootNoise(ROM, 115_200);
    expect(told(reader.push(bytesOf("l")))).toEqual(["l"]);
    expect(told(reader.push(bytesOf("\b \b")))).toEqual(["\b \b"]);
  });
});
