import { describe, expect, it } from "vitest";
import { toHex } from "../bytes.js";
import { defaultCodecs } from "../codecs.js";
import { Session } from "../loader/session.js";
import { StubLoader } from "../loader/stub-loader.js";
import { Connection } from "../protocol/connection.js";
import { encodeFrame } from "../protocol/slip.js";
import { esp8266 } from "../targets/esp8266/esp8266.js";
import { ManualClock, settled } from "../testing/manual-clock.fixture.js";
import { ScriptedTransport } from "../testing/scripted-transport.fixture.js";
import { eraseRegion } from "./erase.js";

const frame = (packet: string): string =>
  toHex(encodeFrame(Uint8Array.from(packet.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))));
const region = { offset: 0x10000, size: 0x3000 };
const blank = toHex(defaultCodecs.md5(new Uint8Array(region.size).fill(0xff)));

/** A stub on a slow flash chip: each erase is given up, and the chip is busy for two more looks. */
function slowChip() {
  const transport = new ScriptedTransport();
  const clock = new ManualClock();
  const erases: string[] = [];
  let busyLooks = 0;
  transport.onWrite = (hex) => {
    const op = hex.slice(4, 6);
    if (op === "d1") {
      erases.push(hex.slice(18, 34));
      busyLooks = 2;
      transport.say(frame("01d1020000000000c400"));
    } else if (op === "09") transport.say(frame("01090200000000000000"));
    else if (op === "0a") {
      const status = busyLooks-- > 0 ? "03" : "00";
      transport.say(frame(`010a0200${status}0000000000`));
    } else transport.say(frame(`0113120000000000${blank}0000`));
  };
  const connection = new Connection(transport, clock, { statusBytes: 2 });
  const loader = new StubLoader(connection, esp8266, 0x400000, defaultCodecs);
  const chip = {
    target: "esp8266",
    name: "ESP8266EX",
    mac: "5c:cf:7f:02:9a:b7",
    chipId: 1,
    crystalMHz: 26,
    crystalMeasuredMHz: 26,
  };
  const flash = { id: 0x1640e0, manufacturer: 0xe0, device: 0x4016 };
  return {
    session: new Session(loader, chip, flash, 0x400000, {
      reset: "tight",
      syncRate: 115_200,
      baudRate: 115_200,
    }),
    clock,
    erases,
  };
}

describe("erasing a flash chip that is slower than the stub allows", () => {
  it("goes on sector by sector, waits for the chip, and is proven by MD5", async () => {
    const { session, clock, erases } = slowChip();
    const done = eraseRegion(session, region);
    let result: unknown;
    void done.then((value) => {
      result = value;
    });
    for (let i = 0; i < 400 && result === undefined; i++) {
      await settled();
      await clock.advance(50);
    }
    expect(result).toEqual({ code: "region-erased", params: region });
    expect(erases).toEqual(["0000010000300000", "0000010000100000", "0010010000100000", "0020010000100000"]);
  });
});
