import { describe, expect, it } from "vitest";
import { toHex } from "../bytes.js";
import { Connection } from "../protocol/connection.js";
import { esp8266 } from "../targets/esp8266/esp8266.js";
import { ManualClock, settled } from "../testing/manual-clock.fixture.js";
import { ScriptedTransport } from "../testing/scripted-transport.fixture.js";
import { synchronise } from "./sync.js";

const SYNC = `c00008240000000000${toHex(esp8266.sync.body)}c0`;
const ROM_REPLY = "c0010802000707122000 00c0".replace(" ", "");
const STUB_REPLY = "c00108020000000000 0000c0".replace(" ", "");

function open() {
  const transport = new ScriptedTransport();
  const clock = new ManualClock();
  return { transport, clock, connection: new Connection(transport, clock, { statusBytes: 2 }) };
}

describe("SYNC", () => {
  it("tries a preamble of 4 ms, then SYNC alone, then with one more delimiter, then alone again", async () => {
    const { transport, clock, connection } = open();
    const answer = synchronise(connection, esp8266, 115_200, 4);
    for (let attempt = 0; attempt < 4; attempt++) {
      await settled();
      await clock.advance(120);
    }
    expect(await answer).toBeUndefined();
    expect(transport.written).toEqual([`${"55".repeat(47)}${SYNC}`, SYNC, `c0${SYNC}`, SYNC]);
  });

  it("tells the ROM, which echoes the first word, from a stub, which answers 0", async () => {
    for (const [reply, loader] of [
      [ROM_REPLY, "rom"],
      [STUB_REPLY, "stub"],
    ] as const) {
      const { transport, clock, connection } = open();
      transport.onWrite = () => transport.say(reply.repeat(8));
      expect(await synchronise(connection, esp8266, 115_200, 1)).toEqual({ loader, statusBytes: 2 });
      expect(clock.pending).toBe(0);
    }
  });

  it("sees the four status bytes of a later chip's ROM", async () => {
    const { transport, connection } = open();
    transport.onWrite = () => transport.say("c001080400070712200000 0000c0".replace(" ", "").repeat(8));
    expect(await synchronise(connection, esp8266, 115_200, 1)).toEqual({ loader: "rom", statusBytes: 4 });
  });

  it("does not take the answer to an unknown command for one, although it names SYNC", async () => {
    const { transport, clock, connection } = open();
    transport.onWrite = () => transport.say("c0010802000707122001 05c0".replace(" ", "").repeat(8));
    const answer = synchronise(connection, esp8266, 115_200, 1);
    await settled();
    await clock.advance(120);
    expect(await answer).toBeUndefined();
  });
});
