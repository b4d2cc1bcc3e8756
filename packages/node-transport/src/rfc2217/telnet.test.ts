import { describe, expect, it } from "vitest";
import { encodeOption, encodeSubnegotiation, escapeIac, TelnetParser, Verb } from "./telnet.js";

const bytes = (hex: string) =>
  Uint8Array.from(hex.split(" ").filter(Boolean), (byte) => Number.parseInt(byte, 16));
const hex = (data: Uint8Array) => Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join(" ");

/** Everything a parser says of these chunks; neighbouring data is one entry. */
function parse(...chunks: Uint8Array[]): string[] {
  const seen: string[] = [];
  const parser = new TelnetParser({
    onData(data) {
      const last = seen.at(-1);
      if (last?.startsWith("data")) seen[seen.length - 1] = `${last} ${hex(data)}`;
      else seen.push(`data ${hex(data)}`);
    },
    onOption: (verb, option) => seen.push(`option ${verb.toString(16)} ${option}`),
    onSubnegotiation: (option, body) => seen.push(`subnegotiation ${option}: ${hex(body)}`),
  });
  for (const chunk of chunks) parser.parse(chunk);
  return seen;
}

describe("escaping", () => {
  it("doubles every ff and nothing else", () => {
    expect(hex(escapeIac(bytes("ff 00 0d ff ff f0")))).toBe("ff ff 00 0d ff ff ff ff f0");
  });

  it("gives back the same array when there is nothing to escape", () => {
    const plain = bytes("00 0a 0d fe");
    expect(escapeIac(plain)).toBe(plain);
  });

  it("takes time in proportion to the bytes: 8 MiB of ff at once", () => {
    const escaped = escapeIac(new Uint8Array(0x800000).fill(0xff));
    expect(escaped.length).toBe(0x1000000);
    expect(escaped.every((byte) => byte === 0xff)).toBe(true);
  });
});

describe("commands", () => {
  it("writes IAC WILL COM-PORT-OPTION", () => {
    expect(hex(encodeOption(Verb.Will, 44))).toBe("ff fb 2c");
  });

  it("writes a subnegotiation with its body escaped: SET-BAUDRATE 65535", () => {
    expect(hex(encodeSubnegotiation(44, bytes("01 00 00 ff ff")))).toBe(
      "ff fa 2c 01 00 00 ff ff ff ff ff f0",
    );
  });
});

describe("parsing", () => {
  const stream = bytes("41 ff ff 42 ff fb 2c 43 ff fa 2c 65 00 ff ff c2 00 ff f0 ff f1 44 ff ff");
  const expected = [
    "data 41 ff 42",
    "option fb 44",
    "data 43",
    "subnegotiation 44: 65 00 ff c2 00",
    "data 44 ff",
  ];

  it("tells data, options and subnegotiations apart, in wire order, and skips NOP", () => {
    expect(parse(stream)).toEqual(expected);
  });

  it("sees the same wherever the stream is cut in two", () => {
    for (let cut = 0; cut <= stream.length; cut++)
      expect(parse(stream.subarray(0, cut), stream.subarray(cut))).toEqual(expected);
  });

  it("sees the same one byte at a time", () => {
    expect(parse(...Array.from(stream, (byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  it("gives a chunk without commands on as it is, without a copy", () => {
    const chunk = bytes("01 02 03");
    let seen: Uint8Array | undefined;
    const none = () => {};
    new TelnetParser({
      onData: (data) => {
        seen = data;
      },
      onOption: none,
      onSubnegotiation: none,
    }).parse(chunk);
    expect(seen).toBe(chunk);
  });

  it("gives many ff on in one piece", () => {
    expect(parse(bytes("ff ff ff ff ff ff"))).toEqual(["data ff ff ff"]);
  });

  it("drops a subnegotiation that never ends, and one without an option", () => {
    const endless = new Uint8Array(5000).fill(0x61);
    expect(parse(bytes("ff fa 2c"), endless, bytes("ff f0 42"))).toEqual(["data 42"]);
    expect(parse(bytes("ff fa ff f0 42"))).toEqual(["data 42"]);
  });

  it("takes a command inside a subnegotiation as the end of it", () => {
    expect(parse(bytes("ff fa 2c 01 ff fd 2c 42"))).toEqual(["option fd 44", "data 42"]);
  });
});
