import { describe, expect, it } from "vitest";
import {
  encodeNegotiation,
  encodeSubnegotiation,
  escapeData,
  MAX_SUBNEGOTIATION,
  TelnetDecoder,
  type TelnetEvent,
} from "./telnet.js";

const data = (...bytes: number[]): TelnetEvent => ({ type: "data", bytes: Uint8Array.from(bytes) });

describe("the telnet decoder", () => {
  it("undoubles 0xff in data and leaves CR, NUL and everything else alone", () => {
    const events = new TelnetDecoder().decode(
      Uint8Array.of(0xc0, 0xff, 0xff, 0x0d, 0x00, 0xff, 0xff, 0xff, 0xff, 0x0a),
    );
    expect(events).toEqual([data(0xc0, 0xff, 0x0d, 0x00, 0xff, 0xff, 0x0a)]);
  });

  const stream = Uint8Array.of(
    ...[0x41, 0xff, 0xfb, 0x2c], // A, IAC WILL COM-PORT
    ...[0x42, 0xff, 0xff, 0xff, 0xfa, 0x2c, 0x05, 0x08, 0xff, 0xf0], // B 0xff, IAC SB COM-PORT SET-CONTROL DTR on IAC SE
    ...[0xff, 0xfa, 0x2c, 0x01, 0x00, 0xff, 0xff, 0x00, 0x07, 0xff, 0xf0], // a rate with a doubled 0xff
    ...[0xff, 0xf1, 0x43], // IAC NOP, C
  );
  const events: TelnetEvent[] = [
    data(0x41),
    { type: "negotiation", verb: 251, option: 44 },
    data(0x42, 0xff),
    { type: "subnegotiation", option: 44, body: Uint8Array.of(5, 8) },
    { type: "subnegotiation", option: 44, body: Uint8Array.of(1, 0, 0xff, 0, 7) },
    data(0x43),
  ];

  it("tells data, negotiations and subnegotiations apart, in order", () => {
    expect(new TelnetDecoder().decode(stream)).toEqual(events);
  });

  it("gives the same wherever the stream is cut", () => {
    for (let cut = 0; cut <= stream.length; cut++) {
      const decoder = new TelnetDecoder();
      const pieces = [...decoder.decode(stream.subarray(0, cut)), ...decoder.decode(stream.subarray(cut))];
      expect(joinData(pieces)).toEqual(events);
    }
  });

  it("drops a subnegotiation that is longer than its limit, and is in step afterwards", () => {
    const body = new Uint8Array(MAX_SUBNEGOTIATION + 1).fill(1);
    const decoder = new TelnetDecoder();
    expect(decoder.decode(encodeSubnegotiation(44, body))).toEqual([]);
    expect(decoder.decode(encodeSubnegotiation(44, body.subarray(1)))).toEqual([
      { type: "subnegotiation", option: 44, body: body.subarray(1) },
    ]);
  });

  it("gives up an unfinished subnegotiation when another command comes", () => {
    const bytes = Uint8Array.of(0xff, 0xfa, 0x2c, 0x05, 0xff, 0xfd, 0x00, 0x55);
    expect(new TelnetDecoder().decode(bytes)).toEqual([
      { type: "negotiation", verb: 253, option: 0 },
      data(0x55),
    ]);
  });
});

describe("telnet encoding", () => {
  it("doubles every 0xff in data and returns data without any as it is", () => {
    expect(escapeData(Uint8Array.of(0xff, 0x00, 0xff))).toEqual(Uint8Array.of(0xff, 0xff, 0, 0xff, 0xff));
    const plain = Uint8Array.of(1, 2, 3);
    expect(escapeData(plain)).toBe(plain);
  });

  it("undoes itself for every byte", () => {
    const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(new TelnetDecoder().decode(escapeData(every))).toEqual([{ type: "data", bytes: every }]);
  });

  it("writes commands as on the wire", () => {
    expect([...encodeNegotiation(253, 44)]).toEqual([0xff, 0xfd, 0x2c]);
    expect([...encodeSubnegotiation(44, Uint8Array.of(101, 0, 0xff, 0, 0))]).toEqual([
      0xff, 0xfa, 0x2c, 0x65, 0x00, 0xff, 0xff, 0x00, 0x00, 0xff, 0xf0,
    ]);
  });
});

function joinData(events: readonly TelnetEvent[]): TelnetEvent[] {
  const joined: TelnetEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if (event.type === "data" && last?.type === "data")
      joined.splice(-1, 1, data(...last.bytes, ...event.bytes));
    else joined.push(event);
  }
  return joined;
}
