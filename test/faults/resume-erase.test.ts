/** An erase whose port is lost in the middle of it. @module */
import {
  connect,
  eraseChip,
  eraseRegion,
  esp8266,
  type FlashEvent,
  isConnectionLost,
  type OperationResult,
  planFlash,
  type Region,
  resumeErase,
  resumePlan,
  type Session,
} from "@flashwright/core";
import {
  createVirtualBoard,
  createVirtualClock,
  type Fault,
  type VirtualBoard,
} from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { noise } from "../support/content.js";

const before = noise(0x400000, 21);
const region: Region = { offset: 0x13000, size: 0x3d000 };
const whole: Region = { offset: 0, size: 0x400000 };

interface Story {
  readonly result: OperationResult;
  readonly losses: number;
  readonly events: readonly FlashEvent[];
  readonly board: VirtualBoard;
}

type Trouble = (board: VirtualBoard) => void;

/** Pulls the plug, with the board's power. */
const unplug: Trouble = (board) => board.unplug();
/** Takes the connection away; the board goes on. */
const takeOver: Trouble = (board) => void board.reconnect();
/** The supply breaks down for a moment; the adapter has one of its own. */
const brownOut: Trouble = (board) => board.powerCycle();

/** Erases; each time the connection is lost a new one is made and the erase resumed. */
async function eraseThrough(
  what: Region,
  {
    faults = [],
    stub = true,
    trouble,
  }: { faults?: readonly Fault[]; stub?: boolean; trouble?: { make: Trouble; at: number; afterMs: number } },
): Promise<Story> {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ flash: before, clock, pace: "line", faults });
  const events: FlashEvent[] = [];
  const onEvent = (event: FlashEvent) => {
    events.push(event);
    if (events.length === trouble?.at) clock.setTimer(trouble.afterMs, () => trouble.make(board));
  };
  const join = (transport = board.transport) => connect(transport, { target: esp8266, clock, stub });
  const begin = (session: Session) =>
    what === whole ? eraseChip(session, { onEvent }) : eraseRegion(session, what, { onEvent });
  let session = await join();
  for (let losses = 0; ; losses++) {
    try {
      const result = await (losses === 0 ? begin(session) : resumeErase(session, what, { onEvent }));
      return { result, losses, events, board };
    } catch (error) {
      if (!isConnectionLost(error) || losses === 3) throw error;
    }
    session = await join(board.reconnect());
  }
}

/** The first byte that is not as it is to be; -1 where there is none. */
function firstWrong({ board }: Story, erased: Region): number {
  return board.flash.findIndex((byte, at) => {
    const isErased = at >= erased.offset && at < erased.offset + erased.size;
    return byte !== (isErased ? 0xff : before[at]);
  });
}

const notes = ({ events }: Story) =>
  events.flatMap((event) => (event.type === "note" ? [[event.code, event.params]] : []));
const erased = ({ events }: Story) =>
  events.flatMap((event) => (event.type === "started" && event.operation === "erase" ? [event.region] : []));

describe("an erase whose connection is lost", () => {
  it.each([
    [1, 20],
    [1, 300],
    [1, 900],
    [2, 1],
    [3, 5],
  ])("by the plug at event %i and %i ms, erases what is missing and nothing else", async (at, afterMs) => {
    const story = await eraseThrough(region, { trouble: { make: unplug, at, afterMs } });
    expect([story.losses, story.result]).toEqual([1, { code: "region-erased", params: region }]);
    expect(firstWrong(story, region)).toBe(-1);
  });

  it("after a good part of it, erases less than all of it again", async () => {
    const story = await eraseThrough(region, { trouble: { make: unplug, at: 1, afterMs: 600 } });
    const [first, ...again] = erased(story);
    const size = again.reduce((sum, part) => sum + part.size, 0);
    expect(first).toEqual(region);
    expect(again[0].offset).toBeGreaterThan(region.offset);
    expect(notes(story)).toEqual([
      ["erase-resumed", { missing: size, size: region.size, erases: again.length }],
    ]);
  });

  it("by a supply that fails in the middle of a sector, erases that and the sector before it again", async () => {
    const faults: Fault[] = [{ kind: "power-loss", during: "erase", after: 7 }];
    const story = await eraseThrough(region, { faults });
    expect([story.losses, firstWrong(story, region)]).toEqual([1, -1]);
  });

  it("by a short break of the supply behind an adapter that stays, is resumed as well", async () => {
    const story = await eraseThrough(region, { trouble: { make: brownOut, at: 1, afterMs: 300 } });
    expect([story.losses, firstWrong(story, region)]).toEqual([1, -1]);
  });

  it("while the flash chip erases all of itself, erases nothing again", async () => {
    const story = await eraseThrough(whole, { trouble: { make: takeOver, at: 1, afterMs: 2000 } });
    expect([story.losses, story.result, erased(story)]).toEqual([
      1,
      { code: "chip-erased", params: { size: 0x400000 } },
      [whole],
    ]);
    expect(notes(story)).toEqual([["erase-was-complete", { size: 0x400000 }]]);
    expect(firstWrong(story, whole)).toBe(-1);
  });

  it.each(["erase", "plan"])(
    "of a resumed %s asks for the status of the flash chip before any MD5",
    async (kind) => {
      const clock = createVirtualClock();
      const board = createVirtualBoard({ flash: before, clock });
      const session = await connect(board.transport, { target: esp8266, clock });
      const { connection, chip, flashSize, loader } = session;
      const ops: number[] = [];
      const encode = connection.encode.bind(connection);
      connection.encode = (command) => {
        ops.push(command.op);
        return encode(command);
      };
      if (kind === "erase") await resumeErase(session, region);
      else {
        const images = [{ name: "a.bin", offset: 0x1000, bytes: noise(0x1000, 22) }];
        const { plan, data } = planFlash({
          target: esp8266,
          chip: { mac: chip.mac, flashSize, loader: loader.kind },
          images,
        });
        await resumePlan(session, plan, data);
      }
      const WRITE_REG = 0x09;
      const MD5 = 0x13;
      expect([ops.includes(MD5), ops.indexOf(WRITE_REG) < ops.indexOf(MD5), ops.includes(WRITE_REG)]).toEqual(
        [true, true, true],
      );
    },
  );

  it("with the power of a flash chip that erases all of itself, is done once more", async () => {
    const story = await eraseThrough(whole, { trouble: { make: unplug, at: 1, afterMs: 2000 } });
    expect([story.losses, erased(story)]).toEqual([1, [whole, whole]]);
    expect(firstWrong(story, whole)).toBe(-1);
  });

  it("with the mask ROM, which has no MD5, erases everything once more", async () => {
    const story = await eraseThrough(region, { stub: false, trouble: { make: unplug, at: 1, afterMs: 300 } });
    expect([story.losses, story.result.code, erased(story)]).toEqual([
      1,
      "region-erased-by-rom",
      [region, region],
    ]);
    expect(firstWrong(story, region)).toBe(-1);
  });
});
