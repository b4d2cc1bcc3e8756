import { describe, expect, it } from "vitest";
import { toHex } from "../bytes.js";
import { isFlasherError } from "../errors.js";
import { ManualClock, settled } from "../testing/manual-clock.fixture.js";
import { ScriptedTransport } from "../testing/scripted-transport.fixture.js";
import { memBegin, readReg, spiFlashMd5 } from "./command.js";
import { Connection, LoaderRefusal } from "./connection.js";

function open() {
  const transport = new ScriptedTransport();
  const clock = new ManualClock();
  return { transport, clock, connection: new Connection(transport, clock, { statusBytes: 2 }) };
}

/** How a promise ended: its value, or the code of its error. */
async function ending(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    return isFlasherError(error) ? error.code : error;
  }
}

describe("a command and its reply", () => {
  it("returns the value of the reply, and leaves no timer behind", async () => {
    const { transport, clock, connection } = open();
    transport.onWrite = () => transport.say("c0010a02000 1c1f0ff0000c0".replaceAll(" ", ""));
    expect(await connection.send(readReg(0x40001000))).toBe(0xfff0c101);
    expect(transport.written).toEqual(["c0000a04000000000000100040c0"]);
    expect(clock.pending).toBe(0);
  });

  it("passes over boot messages, surplus SYNC replies and answers to other commands", async () => {
    const { transport, connection } = open();
    const surplus = "c00108020007071220 0000c0".replace(" ", "");
    transport.onWrite = () =>
      transport.say(`657473${surplus}c001090200000000000000c0c0010a020005000000 0000c0`.replaceAll(" ", ""));
    expect(await connection.send(readReg(0))).toBe(5);
    expect(connection.stray.text).toBe("ets");
  });

  it("returns the data in front of the status", async () => {
    const { transport, connection } = open();
    transport.onWrite = () =>
      transport.say("c0011312000000000 06ae59e64850377ee5470c854761551ea0000c0".replace(" ", ""));
    expect(toHex(await connection.send(spiFlashMd5(0x3fe000, 4096)))).toBe(
      "6ae59e64850377ee5470c854761551ea",
    );
  });

  it("is a refusal with the loader's own reason where the status is not 0", async () => {
    const { transport, connection } = open();
    transport.onWrite = () => transport.say("c001050200000000000105c0");
    const error = await connection.send(memBegin(0, 0x400, 0)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LoaderRefusal);
    expect((error as LoaderRefusal).message).toBe(
      "The loader refused MEM_BEGIN: malformed request (length, sequence or opcode) (status 0x01 0x05).",
    );
  });

  it("is a refusal where the mask ROM answers under the opcode of the command before", async () => {
    const { transport, connection } = open();
    transport.onWrite = () => transport.say("c0010802000707122001 05c0".replace(" ", ""));
    expect(await ending(connection.send(spiFlashMd5(0, 4096)))).toBe("loader-refused");
  });
});

describe("deadlines", () => {
  it("abandon the one who waits and never the read: the late reply is there for the next", async () => {
    const { transport, clock, connection } = open();
    const first = ending(connection.send(readReg(0)));
    await settled();
    await clock.advance(3000);
    expect(await first).toBe("command-timeout");
    transport.say("c0010a0200070000000000c0");
    expect(await connection.reply(readReg(0))).toBe(7);
    expect(transport.readsAtOnce).toBe(0);
  });

  it("say that the program on the chip crashed where its report is what arrived", async () => {
    const { transport, clock, connection } = open();
    const sent = connection.send(readReg(0)).catch((error: unknown) => error);
    transport.say(Buffer.from("\r\nFatal exception (9):\r\nepc1=0x40001234").toString("hex"));
    await settled();
    await clock.advance(3000);
    expect(await sent).toMatchObject({ code: "chip-crashed", params: { text: "Fatal exception (9):" } });
  });

  it("end at an abort with the signal's own reason", async () => {
    const { clock, connection } = open();
    const controller = new AbortController();
    const sent = connection.send(readReg(0), controller.signal).catch((error: unknown) => error);
    await settled();
    controller.abort("enough");
    expect(await sent).toBe("enough");
    expect(clock.pending).toBe(0);
  });
});

describe("the end of the transport", () => {
  it("is port-lost for who waits, and for who comes later", async () => {
    const { transport, connection } = open();
    const sent = ending(connection.send(readReg(0)));
    await settled();
    transport.lose();
    expect(await sent).toBe("port-lost");
    expect(await ending(connection.send(readReg(0)))).toBe("port-lost");
  });

  it("is port-closed where it was closed here", async () => {
    const { transport, connection } = open();
    const sent = ending(connection.send(readReg(0)));
    await settled();
    await transport.close();
    expect(await sent).toBe("port-closed");
  });
});

describe("a read that fails", () => {
  const failing = () => {
    const transport = new ScriptedTransport();
    transport.read = async () => {
      throw new Error("another read is pending");
    };
    const clock = new ManualClock();
    return { transport, clock, connection: new Connection(transport, clock, { statusBytes: 2 }) };
  };

  it("is port-failed with the transport's own words where the port lives on", async () => {
    const { clock, connection } = failing();
    const sent = connection.send(readReg(0)).catch((error: unknown) => error);
    await settled();
    await clock.advance(100);
    expect(await sent).toMatchObject({
      code: "port-failed",
      params: { label: "script", detail: "Error: another read is pending" },
    });
  });

  it("is the port's end where the port says so", async () => {
    const { transport, connection } = failing();
    const sent = ending(connection.send(readReg(0)));
    await settled();
    transport.lose();
    expect(await sent).toBe("port-lost");
  });
});

describe("memory", () => {
  it("keeps 64 packets that nobody waits for, the newest", async () => {
    const { transport, connection } = open();
    for (let i = 0; i < 100; i++) transport.say(`c0010a0200${i.toString(16).padStart(2, "0")}0000000000c0`);
    await settled();
    await settled();
    expect(await connection.reply(readReg(0))).toBe(36);
  });

  it("keeps the last 8 KiB of what lies outside frames", async () => {
    const { transport, connection } = open();
    for (let i = 0; i < 64; i++) transport.say(i.toString(16).padStart(2, "0").repeat(1024));
    await settled();
    await settled();
    expect(connection.stray.bytes.length).toBeGreaterThanOrEqual(8192);
    expect(connection.stray.bytes.length).toBeLessThanOrEqual(16_384);
    expect(connection.stray.bytes.at(-1)).toBe(63);
  });
});
