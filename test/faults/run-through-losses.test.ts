/** A plan that is run on a board whose port goes away and comes back by itself. @module */
import { connect, esp8266, type FlashEvent, planFlash, readFills, type Session } from "@flashwright/core";
import { Board, LastingPort, runThroughLosses } from "@flashwright/core/board";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { noise } from "../support/content.js";

const before = noise(0x20000, 3);
const image = noise(0x14321, 4);
const images = [{ name: "a.bin", offset: 0x1000, bytes: image }];

/** A connected board, and a plan that keeps what shares the image's last sector. */
async function planned() {
  const clock = createVirtualClock();
  const virtual = createVirtualBoard({ flash: before, clock, pace: "line" });
  const codes: string[] = [];
  const port = new LastingPort(virtual.transport, "COM3", {
    clock,
    places: async () => ["COM3"],
    open: async () => virtual.reconnect(),
  });
  const board = new Board({
    port,
    connect: (turn) => connect(turn, { target: esp8266, clock }),
    onEvent: (event) => "code" in event && codes.push(event.code),
    signal: new AbortController().signal,
  });
  const session: Session = await board.connect();
  const { plan, data } = planFlash({
    target: esp8266,
    chip: { mac: session.chip.mac, flashSize: session.flashSize, loader: "stub" },
    images,
    contents: await readFills(session, images),
  });
  return { virtual, board, codes, plan, data };
}

describe("a plan on a port that goes away", () => {
  it("goes on with what is missing", async () => {
    const { virtual, board, codes, plan, data } = await planned();
    const written: FlashEvent[] = [];
    const onEvent = (event: FlashEvent) => {
      if (event.type === "note") codes.push(event.code);
      if (event.type === "progress" && event.operation === "write" && event.doneBytes > 0xc000) {
        if (written.push(event) === 1) virtual.unplug();
      }
    };
    const result = await runThroughLosses(board, plan, data, { onEvent, lossesAccepted: "yes" });
    expect([result.code, board.losses, codes]).toEqual([
      "flash-written-verified",
      1,
      ["port-awaited", "port-back", "plan-resumed"],
    ]);
    expect(Number(result.params.written)).toBeLessThan(image.length);
    expect(Buffer.compare(virtual.flash.subarray(0x1000, 0x1000 + image.length), image)).toBe(0);
  });

  it("is checked again where nothing was changed yet: the board may have started in between", async () => {
    const { virtual, board, codes, plan, data } = await planned();
    virtual.unplug();
    virtual.flash[0x15fff]! ^= 0xff;
    await expect(runThroughLosses(board, plan, data, {})).rejects.toMatchObject({ code: "plan-stale" });
    expect([codes, virtual.statistics.programs]).toEqual([["port-awaited", "port-back"], 0]);
  });
});
