import { describe, expect, it } from "vitest";
import type { FlashEvent } from "../flash/event.js";
import { RomLoader } from "../loader/rom-loader.js";
import { Session } from "../loader/session.js";
import { Connection } from "../protocol/connection.js";
import { esp8266 } from "../targets/esp8266/esp8266.js";
import { parseFlashId } from "../targets/jedec.js";
import { ManualClock, settled } from "../testing/manual-clock.fixture.js";
import { ScriptedTransport } from "../testing/scripted-transport.fixture.js";
import { watchBoot } from "./watch-boot.js";

const MEM_BEGIN_REPLY = "c001050200000000000000c0";
const MEM_END_REPLY = "c001060200000000000000c0";
const hexOf = (text: string): string => Buffer.from(text).toString("hex");

function sessionOn(transport: ScriptedTransport, clock: ManualClock): Session {
  const connection = new Connection(transport, clock, { statusBytes: esp8266.statusBytes });
  const chip = esp8266.identity.parse([0, 0, 0, 0, 451], 115_200);
  const loader = new RomLoader(connection, esp8266, 0x400000);
  return new Session(loader, chip, parseFlashId(0x1640ef)!, 0x400000, {
    reset: "tight",
    syncRate: 115_200,
    baudRate: 115_200,
  });
}

function watched() {
  const transport = new ScriptedTransport();
  const clock = new ManualClock();
  const lines: string[] = [];
  const onEvent = (event: FlashEvent) => event.type === "boot" && lines.push(event.line);
  return { transport, clock, lines, onEvent, session: sessionOn(transport, clock) };
}

describe("a start by a jump", () => {
  it("hears the replies to its commands, and then the firmware's first line without them", async () => {
    const { transport, clock, lines, onEvent, session } = watched();
    transport.onWrite = (hex) =>
      transport.say(
        hex.startsWith("c00005")
          ? MEM_BEGIN_REPLY
          : MEM_END_REPLY + hexOf("load 0x40100000, len 16, room 16 \r\n"),
      );
    const verdict = watchBoot(session, { after: "soft-reset", onEvent });
    for (let turn = 0; turn < 5; turn++) await settled();
    expect(lines).toEqual(["load 0x40100000, len 16, room 16"]);
    transport.say(hexOf("hello, this is the application\r\n"));
    await settled();
    await clock.advance(300);
    expect(await verdict).toMatchObject({ verdict: "boots", code: "boots-with-output" });
    expect(clock.pending).toBe(0);
  });

  it("tells no letters that are noise of another rate as lines of the firmware", async () => {
    const { transport, clock, lines, onEvent, session } = watched();
    const noise = "f0f8e0c3f1f8e03c".repeat(4);
    transport.onWrite = (hex) =>
      transport.say(
        hex.startsWith("c00005")
          ? MEM_BEGIN_REPLY
          : `${MEM_END_REPLY + hexOf("csum 0x29\r\n")}${noise}${hexOf("\n-qIN\n")}${noise}`,
      );
    const verdict = watchBoot(session, { after: "soft-reset", onEvent });
    for (let turn = 0; turn < 5; turn++) await settled();
    await clock.advance(3000);
    expect(await verdict).toMatchObject({ verdict: "boots", code: "boots-at-other-rate" });
    expect(lines).toEqual(["csum 0x29"]);
  });

  it("that the loader does not take fails, and a port that is lost later is nobody's error", async () => {
    const { transport, clock, session } = watched();
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    const verdict = watchBoot(session, { after: "soft-reset" }).catch((error: unknown) => error);
    await settled();
    await clock.advance(3000);
    expect(await verdict).toMatchObject({ code: "command-timeout", params: { op: "MEM_BEGIN" } });
    transport.lose();
    await settled();
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });
});
