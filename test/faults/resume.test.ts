/** A port that is lost in the middle of a plan, and comes back. @module */
import {
  connect,
  esp8266,
  type FlashEvent,
  isFlasherError,
  planFlash,
  resumePlan,
  runPlan,
} from "@flashwright/core";
import {
  createVirtualBoard,
  createVirtualClock,
  type Fault,
  type VirtualBoard,
} from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { noise } from "../support/content.js";

const before = noise(0x60000, 7);
const images = [
  { name: "low.bin", offset: 0x3000, bytes: noise(0x14321, 11) },
  { name: "high.bin", offset: 0x40000, bytes: noise(0x9000, 12) },
];

/** What the chip holds when the plan was carried out. */
function promised(board: VirtualBoard, eraseChip: boolean): Uint8Array {
  const flash = new Uint8Array(board.flash.length).fill(0xff);
  if (!eraseChip) flash.set(before);
  for (const { offset, bytes } of images) {
    if (!eraseChip)
      flash.fill(0xff, offset + bytes.length, Math.ceil((offset + bytes.length) / 0x1000) * 0x1000);
    flash.set(bytes, offset);
  }
  return flash;
}

interface Story {
  readonly code: string;
  readonly losses: number;
  readonly writtenBytes: number;
  readonly events: readonly FlashEvent[];
  readonly board: VirtualBoard;
}

/** Writes; each time the port is lost it is plugged in again and the plan resumed. */
async function flashThrough(
  faults: readonly Fault[],
  options: { eraseChip?: boolean; stub?: boolean; unplugAt?: number; takeOverMs?: number } = {},
): Promise<Story> {
  const { eraseChip = false, stub = true, unplugAt, takeOverMs } = options;
  const clock = createVirtualClock();
  const board = createVirtualBoard({ flash: before, clock, pace: "line", faults });
  const events: FlashEvent[] = [];
  const onEvent = (event: FlashEvent) => {
    events.push(event);
    if (events.length === unplugAt) board.unplug();
    const isErase = event.type === "started" && event.operation === "erase";
    if (takeOverMs !== undefined && isErase) clock.setTimer(takeOverMs, () => void board.reconnect());
  };
  const join = (transport = board.transport) => connect(transport, { target: esp8266, clock, stub });
  let session = await join();
  const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
  const { plan, data } = planFlash({ target: esp8266, chip, images, eraseChip });
  const run = { onEvent, lossesAccepted: "yes" } as const;
  for (let losses = 0; ; losses++) {
    try {
      const { writtenBytes } = await (losses === 0
        ? runPlan(session, plan, data, run)
        : resumePlan(session, plan, data, run));
      return { code: "done", losses, writtenBytes, events, board };
    } catch (error) {
      if (!isFlasherError(error, "port-lost") || losses === 3) throw error;
    }
    session = await join(board.reconnect());
  }
}

function expectPromised({ code, board }: Story, eraseChip = false): void {
  expect(code).toBe("done");
  const expected = promised(board, eraseChip);
  const wrong = board.flash.findIndex((byte, at) => byte !== expected[at]);
  expect(wrong).toBe(-1);
}

const all = images.reduce((sum, { bytes }) => sum + Math.ceil(bytes.length / 0x1000) * 0x1000, 0);

describe("a plan whose port is lost", () => {
  it.each([47_000, 61_234, 75_000, 90_000, 110_000])(
    "after %i bytes to the chip, writes only what is missing",
    async (after) => {
      const story = await flashThrough([{ kind: "cut-line", direction: "to-chip", after }]);
      expectPromised(story);
      if (story.losses > 0 && after >= 90_000) expect(story.writtenBytes).toBeLessThan(all - 0x4000);
    },
  );

  it("by the plug, with the power, at any moment", async () => {
    const { length } = (await flashThrough([])).events;
    // What is lost with the last event is not missed any more.
    for (let unplugAt = 1; unplugAt < length; unplugAt += 3) {
      const story = await flashThrough([], { unplugAt });
      expectPromised(story);
      expect([unplugAt, story.losses]).toEqual([unplugAt, 1]);
    }
  });

  it.each([1, 2, 4, 12, 25])("while or after the whole chip is erased, at event %i", async (unplugAt) => {
    const story = await flashThrough([], { unplugAt, eraseChip: true });
    expectPromised(story, true);
  });

  it("while a flash chip that keeps its power erases all of itself, erases nothing again", async () => {
    const story = await flashThrough([], { eraseChip: true, takeOverMs: 2000 });
    expectPromised(story, true);
    const erases = story.events.filter((event) => event.type === "started" && event.operation === "erase");
    expect([story.losses, erases.length]).toEqual([1, 1]);
  });

  it("in its verification, changes nothing any more", async () => {
    const whole = await flashThrough([]);
    const verify = whole.events.findIndex(
      ({ type, ...event }) => "operation" in event && event.operation === "verify",
    );
    const story = await flashThrough([], { unplugAt: verify + 1 });
    expectPromised(story);
    expect([story.losses, story.writtenBytes]).toEqual([1, 0]);
    expect(story.events.filter((event) => event.type === "note")).toEqual([
      { type: "note", code: "plan-resumed", params: { missing: 0, size: all, writes: 0, erases: 0 } },
    ]);
  });

  it("with the mask ROM, which has no MD5, writes everything once more", async () => {
    const { code, losses, writtenBytes, board } = await flashThrough([], { unplugAt: 5, stub: false });
    expect([code, losses, writtenBytes]).toEqual(["done", 1, all]);
    for (const { offset, bytes } of images)
      expect(board.flash.slice(offset, offset + bytes.length)).toEqual(bytes);
  });

  it("is not resumed on another chip, and both MACs are named", async () => {
    const clock = createVirtualClock();
    const one = createVirtualBoard({ clock });
    const session = await connect(one.transport, { target: esp8266, clock });
    const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
    const { plan, data } = planFlash({ target: esp8266, chip, images });
    const mac = "5c:cf:7f:00:00:01";
    const other = await connect(createVirtualBoard({ clock }).transport, { target: esp8266, clock });
    const stranger = Object.assign(Object.create(other), { chip: { ...other.chip, mac } });
    await expect(resumePlan(stranger, plan, data)).rejects.toMatchObject({
      code: "plan-wrong-chip",
      params: { expected: session.chip.mac, actual: mac },
    });
  });
});
