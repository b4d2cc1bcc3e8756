import { describe, expect, it } from "vitest";
import { ManualClock, settled } from "../testing/manual-clock.fixture.js";
import { ScriptedTransport } from "../testing/scripted-transport.fixture.js";
import { sendLines } from "./send-lines.js";
import { Transcript } from "./transcript.js";

const hexOf = (text: string) => Buffer.from(text, "latin1").toString("hex");
const source = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));

function opened() {
  const transport = new ScriptedTransport();
  const clock = new ManualClock();
  return { transport, clock, transcript: new Transcript(transport, clock) };
}

describe("lines for a console that is no Espruino's", () => {
  it("wait each for the end of the answer before", async () => {
    const { transport, transcript } = opened();
    const told: number[][] = [];
    const sent = sendLines(transcript, source("AT\nAT+GMR\r\n"), {
      ending: "\r\n",
      onLine: (...progress) => told.push(progress),
    });
    await settled();
    expect(transport.written).toEqual([hexOf("AT\r\n")]);
    transport.say(hexOf("AT\r\r\n\r\nOK"));
    await settled();
    expect(transport.written).toHaveLength(1);
    transport.say(hexOf("\r\n"));
    await settled();
    expect(transport.written).toEqual([hexOf("AT\r\n"), hexOf("AT+GMR\r\n")]);
    transport.say(hexOf("\r\nERROR\r\n"));
    expect(await sent).toEqual({ count: 2 });
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  it("go on at a prompt, and after silence where none comes", async () => {
    const { transport, clock, transcript } = opened();
    const sent = sendLines(transcript, source("if x:\n  y()\n\nz"), { ending: "\r" });
    await settled();
    transport.say(hexOf("if x:\r\n... "));
    await settled();
    expect(transport.written).toHaveLength(2);
    await clock.advance(250);
    await clock.advance(250);
    expect(transport.written.at(-1)).toBe(hexOf("z\r"));
    await clock.advance(250);
    expect(await sent).toEqual({ count: 4 });
    expect(clock.pending).toBe(0);
  });
});
