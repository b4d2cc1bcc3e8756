import { createVirtualBoard, type VirtualBoard } from "@flashwright/virtual-device";
import { browserClock } from "@flashwright/web-transport";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bootImage, noise } from "../../../../test/support/content.js";
import { lendPort } from "../remote/lent-port.js";
import { BoardEngine } from "./board-engine.js";
import type { EngineEvent, Operation } from "./engine.js";

const data = noise(0x30000, 42);
const named = (path: string, bytes: Uint8Array) => ({
  path,
  file: new Blob([bytes as Uint8Array<ArrayBuffer>]),
});
const COMMAND = "esptool.py write_flash 0x0 boot.bin 0x10000 data.bin";
const wish = { eraseAll: false, header: {}, force: false } as const;

let board: VirtualBoard;
const events: EngineEvent[] = [];
let engine: BoardEngine;
/** Pulls the plug behind the first event of which it is true; the port is there again at the next look. */
let pulls: (event: EngineEvent) => boolean = () => false;

beforeAll(async () => {
  board = createVirtualBoard({ clock: browserClock, pace: "unlimited", flash: bootImage() });
  engine = new BoardEngine(({ event }) => {
    events.push(event);
    if (!pulls(event)) return;
    pulls = () => false;
    board.unplug();
  });
  const { port1, port2 } = new MessageChannel();
  let isFirst = true;
  lendPort(port1, async () => {
    const transport = isFirst ? board.transport : board.reconnect();
    isFirst = false;
    return transport;
  });
  await engine.connect({ kind: "port", port: port2 });
  return async () => {
    await engine.disconnect();
    port1.close();
  };
});

beforeEach(() => {
  events.length = 0;
});

const past = (operation: Operation, bytes: number) => (event: EngineEvent) =>
  event.type === "progress" && event.operation === operation && event.doneBytes >= bytes;
const regionsOf = (operation: Operation) =>
  events.flatMap((event) =>
    event.type === "started" && event.operation === operation ? [event.region.offset] : [],
  );
const away = () => events.filter(({ type }) => type === "away");

describe("a board that is unplugged in the middle of its work", () => {
  it("is waited for, gets what is missing and ends verified", async () => {
    await engine.openFirmware([named("boot.bin", bootImage()), named("data.bin", data)], COMMAND);
    await engine.plan(wish);
    pulls = past("write", 0x10000);
    const done = await engine.run("yes");
    expect(done.result).toMatch(/written and verified/);
    expect(away()).toEqual([
      {
        type: "away",
        title: "The board is gone: plug it in again, it goes on by itself",
        text: expect.stringMatching(/interruption 1 of at most 5.*within 120 s/),
      },
    ]);
    expect(regionsOf("write").at(-1)).toBeGreaterThan(0x10000);
    expect(Buffer.compare(board.flash.subarray(0x10000, 0x40000), data)).toBe(0);
  });

  it("is read to the end of its backup", async () => {
    pulls = past("read", 0x8000);
    const backup = await engine.backUp({ offset: 0x10000, size: data.length });
    expect(away().length).toBe(1);
    expect(backup.file.size).toBeGreaterThan(data.length * 0.9);
  });

  it("is gone on with after a run that somebody stopped, and nothing else is written", async () => {
    const other = noise(0x30000, 43);
    await engine.openFirmware([named("boot.bin", bootImage()), named("data.bin", other)], COMMAND);
    await engine.plan(wish);
    pulls = (event) => {
      if (past("write", 0x10000)(event)) void engine.cancel();
      return false;
    };
    const stopped = { code: "stopped", isFlashChanged: true, left: expect.stringContaining("not finished") };
    await expect(engine.run("yes")).rejects.toMatchObject(stopped);
    pulls = () => false;
    expect(Buffer.compare(board.flash.subarray(0x10000, 0x40000), other)).not.toBe(0);
    events.length = 0;
    const done = await engine.goOn();
    expect(done.result).toMatch(/written and verified/);
    expect(regionsOf("write").at(-1)).toBeGreaterThan(0x10000);
    expect(Buffer.compare(board.flash.subarray(0x10000, 0x40000), other)).toBe(0);
  });

  it("is waited for until somebody stops that", async () => {
    await engine.plan(wish);
    board.unplug();
    board.reconnect = () => {
      throw new Error("nobody plugs it in");
    };
    const running = engine.run("nothing-lost");
    const ended = expect(running).rejects.toMatchObject({ code: "stopped", isCancelled: true });
    await expect.poll(() => away().length).toBe(1);
    await engine.cancel();
    await ended;
  });
});
