import { describe, expect, it } from "vitest";
import { ManualClock, settled } from "../testing/manual-clock.fixture.js";
import { ScriptedTransport } from "../testing/scripted-transport.fixture.js";
import { Transcript } from "./transcript.js";

const hexOf = (text: string) => Buffer.from(text, "latin1").toString("hex");
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));

function opened() {
  const transport = new ScriptedTransport();
  const clock = new ManualClock();
  return { transport, clock, transcript: new Transcript(transport, clock) };
}

describe("what is typed", () => {
  it("goes in bursts that the board's buffer can take, with a pause behind each", async () => {
    const { transport, clock, transcript } = opened();
    const typed = transcript.type(bytes("x".repeat(130)));
    await settled();
    expect(transport.written.map((hex) => hex.length / 2)).toEqual([64]);
    await clock.advance(10);
    await clock.advance(10);
    await typed;
    expect(transport.written.map((hex) => hex.length / 2)).toEqual([64, 64, 2]);
    expect(clock.pending).toBe(0);
  });

  it("waits from XOFF to XON, which are no text", async () => {
    const { transport, transcript } = opened();
    transport.say(hexOf("a\x13b"));
    await settled();
    const typed = transcript.type(bytes("held"));
    await settled();
    expect(transport.written).toEqual([]);
    transport.say(hexOf("\x11c"));
    await typed;
    expect([transport.written, transcript.text]).toEqual([[hexOf("held")], "abc"]);
  });

  it("goes all the same when XON never comes", async () => {
    const { transport, clock, transcript } = opened();
    transport.say(hexOf("\x13"));
    await settled();
    const typed = transcript.type(bytes("held"));
    await settled();
    await clock.advance(10_000);
    await typed;
    await transcript.type(bytes("more"));
    expect(transport.written).toEqual([hexOf("held"), hexOf("more")]);
  });
});

describe("what is waited for", () => {
  it("is given up after silence, and not while something comes", async () => {
    const { transport, clock, transcript } = opened();
    const found = transcript.until((text) => (text.endsWith(">") ? text : undefined), 500, 5000);
    for (let i = 0; i < 3; i++) {
      await clock.advance(400);
      transport.say(hexOf("."));
      await settled();
    }
    transport.say(hexOf(">"));
    expect(await found).toBe("...>");
    const lost = transcript.until((text) => (text.endsWith("?") ? text : undefined), 500, 5000);
    await settled();
    await clock.advance(500);
    expect([await lost, clock.pending]).toEqual([undefined, 0]);
  });

  it("is given up in the end, whatever comes meanwhile", async () => {
    const { transport, clock, transcript } = opened();
    const lost = transcript.until(() => undefined, 500, 1000);
    for (let i = 0; i < 5; i++) {
      transport.say(hexOf("."));
      await settled();
      await clock.advance(200);
    }
    expect([await lost, clock.pending]).toEqual([undefined, 0]);
  });

  it("ends with the port", async () => {
    const { transport, transcript, clock } = opened();
    const found = transcript.until(() => undefined, 500, 5000);
    await settled();
    transport.lose();
    await expect(found).rejects.toMatchObject({ code: "port-lost", params: { label: "script" } });
    await expect(transcript.until(() => undefined, 500, 5000)).rejects.toMatchObject({ code: "port-lost" });
    expect(clock.pending).toBe(0);
  });

  it("is bounded: of very much the latest is kept", async () => {
    const { transport, transcript } = opened();
    for (let i = 0; i < 40; i++) {
      transport.say(hexOf("y".repeat(0x4000)));
      await settled();
    }
    expect(transcript.text.length).toBe(0x4_0000);
  });
});
