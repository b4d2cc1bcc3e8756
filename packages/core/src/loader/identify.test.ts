import { describe, expect, it } from "vitest";
import { isFlasherError } from "../errors.js";
import { Connection } from "../protocol/connection.js";
import { esp8266 } from "../targets/esp8266/esp8266.js";
import { ManualClock } from "../testing/manual-clock.fixture.js";
import { ScriptedTransport } from "../testing/scripted-transport.fixture.js";
import { identifyByRom } from "./identify.js";

const word = (value: number): string => {
  const bytes = [0, 8, 16, 24].map((shift) => ((value >>> shift) & 0xff).toString(16).padStart(2, "0"));
  return bytes.join("");
};
/** A reply as a frame, from its opcode and value. */
const reply = (op: string, value = 0): string => {
  const packet = `01${op}0200${word(value)}0000`;
  const escaped = packet
    .match(/../g)
    ?.map((byte) => (byte === "c0" ? "dbdc" : byte === "db" ? "dbdd" : byte));
  return `c0${escaped?.join("")}c0`;
};

/** A ROM loader whose flash answers `ids` one after the other. */
function romWith(magic: number, ids: readonly number[]) {
  const transport = new ScriptedTransport();
  const left = [...ids];
  const id = () => reply("0a", left.length > 1 ? left.shift() : left[0]);
  const registers = [0xb7000000, 0x0000029a, 0, 0x005ccf7f, 451];
  const pipelined = () =>
    [
      reply("0a", magic),
      ...registers.map((value) => reply("0a", value)),
      reply("02"),
      reply("09"),
      id(),
      reply("09"),
      reply("0a", 0),
    ].join("");
  transport.onWrite = (hex) => {
    if (transport.written.length === 1) transport.say(pipelined());
    else if (hex.startsWith("c00009")) transport.say(reply("09"));
    else transport.say(id());
  };
  return { transport, connection: new Connection(transport, new ManualClock(), { statusBytes: 2 }) };
}

describe("identification by the ROM loader", () => {
  it("takes one write", async () => {
    const { transport, connection } = romWith(0xfff0c101, [0x1640e0]);
    const { chip, flash } = await identifyByRom(connection, esp8266, 115_200);
    expect([chip.name, chip.mac, chip.crystalMHz, flash.size]).toEqual([
      "ESP8266EX",
      "5c:cf:7f:02:9a:b7",
      26,
      0x400000,
    ]);
    expect(transport.written.length).toBe(1);
  });

  it("asks a flash chip again that was busy storing its status register", async () => {
    const { connection } = romWith(0xfff0c101, [0xffffff, 0xffffff, 0x1640e0]);
    expect((await identifyByRom(connection, esp8266, 115_200)).flash.size).toBe(0x400000);
  });

  it("gives up a flash chip that never answers", async () => {
    const { connection } = romWith(0xfff0c101, [0xffffff]);
    const error = await identifyByRom(connection, esp8266, 115_200).catch((caught: unknown) => caught);
    expect(isFlasherError(error, "flash-not-answering")).toBe(true);
  });

  it("names another chip", async () => {
    const { connection } = romWith(0x1b31506f, [0x1640e0]);
    await expect(identifyByRom(connection, esp8266, 115_200)).rejects.toMatchObject({
      code: "wrong-chip",
      message: "This is an ESP32-C3, not an ESP8266.",
    });
  });
});
