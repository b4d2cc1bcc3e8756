import { describe, expect, it } from "vitest";
import { RomLoader } from "../loader/rom-loader.js";
import { Connection } from "../protocol/connection.js";
import { esp8266 } from "../targets/esp8266/esp8266.js";
import { ManualClock, settled } from "../testing/manual-clock.fixture.js";
import { ScriptedTransport } from "../testing/scripted-transport.fixture.js";
import { ensureWritable } from "./protection.js";

/** A loader whose flash has these status registers, one look after the other; the last one stays. */
function loaderWith(states: readonly number[]) {
  const transport = new ScriptedTransport();
  const clock = new ManualClock();
  const left = [...states];
  const writes: string[] = [];
  transport.onWrite = (hex) => {
    if (hex.startsWith("c00009")) {
      writes.push(hex);
      transport.say("c001090200000000000000c0");
      return;
    }
    const status = (left.length > 1 ? left.shift() : left[0]) as number;
    transport.say(`c0010a0200${status.toString(16).padStart(2, "0")}0000000000c0`);
  };
  const loader = new RomLoader(new Connection(transport, clock, { statusBytes: 2 }), esp8266, 0x400000);
  return { loader, clock, writes };
}

describe("the flash before it is written", () => {
  it("is only looked at where nothing protects it", async () => {
    const { loader, writes } = loaderWith([0x00]);
    expect(await ensureWritable(loader)).toBe(0);
    expect(writes.length).toBe(1);
  });

  it("is unprotected in one request, and looked at again", async () => {
    const { loader, writes } = loaderWith([0x1c, 0x00]);
    expect(await ensureWritable(loader)).toBe(0x1c);
    expect(writes.length).toBe(3);
  });

  it("is refused where the protection stays", async () => {
    const { loader } = loaderWith([0x1c]);
    await expect(ensureWritable(loader)).rejects.toMatchObject({
      code: "flash-protected",
      params: { status: 0x1c },
    });
  });

  it("is waited for while it is busy with what an earlier program began", async () => {
    const { loader, clock } = loaderWith([0x03, 0x03, 0x00]);
    const done = ensureWritable(loader);
    for (let i = 0; i < 2; i++) {
      await settled();
      await settled();
      await clock.advance(50);
    }
    expect(await done).toBe(0);
  });

  it("is given up when it stays busy for a minute", async () => {
    const { loader, clock } = loaderWith([0x03]);
    const done = ensureWritable(loader).catch((error: unknown) => error);
    for (let i = 0; i < 4; i++) {
      await settled();
      await settled();
      await clock.advance(20_000);
    }
    expect(await done).toMatchObject({ code: "flash-busy", params: { status: 0x03 } });
  });
});
