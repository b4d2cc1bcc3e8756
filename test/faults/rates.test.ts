/** Links that carry a slow rate and not a fast one: found out, told, and worked around. @module */
import {
  type ConnectOptions,
  connect,
  esp8266,
  type FlashEvent,
  FlasherError,
  readRegion,
  type Session,
} from "@flashwright/core";
import type { Fault, VirtualBoardOptions, Wiring } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { setUpDesk, writeImages } from "../e2e/support/desk.js";
import { noise } from "../support/content.js";

/** Between 460,800 and 921,600 baud; the chip's own rates are up to 1 % beside the nominal ones. */
const TOO_FAST = 500_000;
/** Before a change its present divisor is read; a frame of the stub is a header of 8, two of status and two delimiters. */
const READ_REPLY_BYTES = 12;
const CHANGE_REPLY_BYTES = 12;
const image = noise(0x60000, 5);
const OFFSET = 0x100000;

/** A board whose line is bad above 460,800 baud, and a session on it. */
async function bench(
  faults: readonly Fault[],
  options: Partial<ConnectOptions> = {},
  wiring: Wiring = "auto-reset",
  seed = 1,
) {
  const board: VirtualBoardOptions = { wiring, faults, seed, flash: noise(0x1000, 1) };
  const desk = setUpDesk(board);
  const events: FlashEvent[] = [];
  const onEvent = (event: FlashEvent) => void events.push(event);
  const session = await desk.connect({ baudRate: 921_600, onEvent, ...options });
  const lowered = () =>
    events.flatMap((event) => (event.type === "note" ? [[event.code, event.params]] : []));
  return { ...desk, session, events, lowered };
}

const step = (from: number, to: number) => ["baud-lowered", { from, to }];

async function expectAlive(session: Session): Promise<void> {
  const bytes = await readRegion(session, { offset: 0, size: 0x1000 });
  expect(bytes).toEqual(noise(0x1000, 1));
}

const turned = (direction: "to-chip" | "to-host", more: object): Fault =>
  ({ kind: "corrupt-bytes", direction, aboveBaud: TOO_FAST, ...more }) as Fault;

describe("a rate that the link does not carry", () => {
  it.each([
    ["to the chip", [turned("to-chip", { probability: 1 / 200 })]],
    ["to the host", [turned("to-host", { probability: 1 / 100 })]],
    [
      "in both directions",
      [turned("to-chip", { probability: 1 / 200 }), turned("to-host", { probability: 1 / 100 })],
    ],
  ] as const)("%s is not trusted: connecting ends at a lower one and says so", async (_, faults) => {
    const { session, lowered } = await bench(faults);
    expect([session.baudRate, lowered()]).toEqual([460_800, [step(921_600, 460_800)]]);
    await expectAlive(session);
  });

  it("of which one byte value is damaged is not trusted", async () => {
    const { transport, clock } = setUpDeskWithout(0xa7);
    const session = await connect(transport, { target: esp8266, clock, baudRate: 921_600 });
    expect(session.baudRate).toBe(460_800);
  });

  it.each(["auto-reset", "none"] as const)(
    "leaves the chip where it was when it is asked for (%s)",
    async (wiring) => {
      const { session } = await bench(
        [turned("to-host", { probability: 1 / 50 })],
        { baudRate: 460_800 },
        wiring,
      );
      await expect(session.setBaudRate(921_600)).rejects.toMatchObject({
        code: "baud-change-failed",
        params: { baudRate: 921_600, fallback: 460_800, recovered: true },
      });
      expect(session.baudRate).toBe(460_800);
      await expectAlive(session);
    },
  );

  it("at which the host hears nothing is left again, unheard", async () => {
    const deaf: Fault = { kind: "drop-bytes", direction: "to-host", probability: 1, aboveBaud: TOO_FAST };
    const { session } = await bench([deaf], { baudRate: 460_800 }, "none");
    await expect(session.setBaudRate(921_600)).rejects.toMatchObject({ params: { recovered: true } });
    await expectAlive(session);
  });

  it("whose change is answered damaged is proven all the same", async () => {
    const { board, session } = await bench([], { baudRate: 460_800 });
    const before = board.statistics.bytesToHost;
    await session.setBaudRate(230_400);
    const rates: Record<number, number> = {};
    for (let at = 0; at < CHANGE_REPLY_BYTES; at++) {
      const after = before + READ_REPLY_BYTES + at;
      const damaged = await bench([{ kind: "corrupt-bytes", direction: "to-host", after }], {
        baudRate: 460_800,
      });
      await damaged.session.setBaudRate(230_400);
      await expectAlive(damaged.session);
      rates[at] = damaged.session.baudRate;
    }
    expect(Object.values(rates)).toEqual(new Array(CHANGE_REPLY_BYTES).fill(230_400));
  });

  it("at which the chip hears nothing costs a reset, and connecting goes on below it", async () => {
    const deaf: Fault = { kind: "drop-bytes", direction: "to-chip", probability: 1, aboveBaud: TOO_FAST };
    const { session, events } = await bench([deaf]);
    expect(events.filter(({ type }) => type === "connecting")).toHaveLength(2);
    expect(session.baudRate).toBe(460_800);
    await expectAlive(session);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    "is left behind step by step also where only 115,200 is sound, seed %i",
    async (seed) => {
      const faults: Fault[] = [
        { kind: "corrupt-bytes", direction: "to-chip", probability: 0.2, aboveBaud: 200_000 },
      ];
      const { session, lowered } = await bench(faults, {}, "auto-reset", seed);
      expect([session.baudRate, lowered()]).toEqual([115_200, [step(921_600, 115_200)]]);
      await expectAlive(session);
    },
  );

  it("that the adapter refuses is never asked of the chip", async () => {
    const { board, clock } = setUpDesk({});
    const { transport } = board;
    const setBaudRate = transport.setBaudRate.bind(transport);
    transport.setBaudRate = async (baudRate) => {
      if (baudRate > TOO_FAST) throw new FlasherError("port-baud-refused", { label: "x", baudRate });
      await setBaudRate(baudRate);
    };
    const { resets } = board.statistics;
    const session = await connect(transport, { target: esp8266, clock, baudRate: 921_600 });
    expect([session.baudRate, board.statistics.resets - resets]).toEqual([460_800, 1]);
  });
});

/** A board whose adapter damages one byte value above 460,800 baud, on its way to the host. */
function setUpDeskWithout(value: number) {
  const { board, clock } = setUpDesk({});
  const { transport } = board;
  let rate = 0;
  const setBaudRate = transport.setBaudRate.bind(transport);
  const read = transport.read.bind(transport);
  transport.setBaudRate = (baudRate) => {
    rate = baudRate;
    return setBaudRate(baudRate);
  };
  transport.read = async () => {
    const bytes = await read();
    return rate > TOO_FAST ? bytes?.map((byte) => (byte === value ? value ^ 1 : byte)) : bytes;
  };
  return { transport, clock };
}

describe("a link that gets worse", () => {
  /** Behind what connecting takes. */
  const later = 60_000;

  it("while writing is lowered step by step, and the flash is right in the end", async () => {
    const probability = 1 / 4000;
    const { session, board, events } = await bench([turned("to-chip", { after: later, probability })]);
    const onEvent = (event: FlashEvent) => void events.push(event);
    await writeImages(session, [{ name: "image", offset: OFFSET, bytes: image }], { onEvent });
    expect(board.flash.slice(OFFSET, OFFSET + image.length)).toEqual(image);
    expect(session.how).toEqual({ reset: "tight-short", syncRate: 460_800, baudRate: 460_800 });
    expect(events).toContainEqual({
      type: "note",
      code: "baud-lowered",
      params: { from: 921_600, to: 460_800 },
    });
  });

  it("while reading is lowered, and the bytes are right", async () => {
    const faults = [turned("to-host", { after: 3000, probability: 1 / 3000 })];
    const { session, board, lowered } = await bench(faults);
    board.flash.set(image, OFFSET);
    expect(await readRegion(session, { offset: OFFSET, size: image.length })).toEqual(image);
    expect(lowered()).toEqual([step(921_600, 460_800)]);
  });

  it("at every rate is written in shorter blocks, which get through", async () => {
    const faults: Fault[] = [
      { kind: "drop-bytes", direction: "to-chip", after: later, probability: 1 / 5000 },
    ];
    const { session, board } = await bench(faults);
    const bytes = image.subarray(0, 0x20000);
    await writeImages(session, [{ name: "image", offset: OFFSET, bytes }]);
    expect(board.flash.slice(OFFSET, OFFSET + bytes.length)).toEqual(bytes);
    expect(session.baudRate).toBeLessThan(921_600);
  });

  it("at every rate ends with an error, not for ever", async () => {
    const faults: Fault[] = [
      { kind: "corrupt-bytes", direction: "to-chip", after: later, probability: 1 / 300 },
    ];
    const { session, clock } = await bench(faults);
    const write = writeImages(session, [{ name: "image", offset: OFFSET, bytes: image }]);
    await expect(write).rejects.toBeInstanceOf(FlasherError);
    expect(clock.now()).toBeLessThan(900_000);
  });
});

describe("a byte that is lost in mid-write", () => {
  it("costs what was not surely written, not the whole region", async () => {
    const clean = await bench([], { baudRate: 460_800 });
    await writeImages(clean.session, [{ name: "image", offset: OFFSET, bytes: image }]);
    const whole = clean.board.statistics.bytesToChip;
    const lost: Fault = { kind: "drop-bytes", direction: "to-chip", after: whole - 20_000 };
    const { session, board } = await bench([lost], { baudRate: 460_800 });
    await writeImages(session, [{ name: "image", offset: OFFSET, bytes: image }]);
    expect(board.flash.slice(OFFSET, OFFSET + image.length)).toEqual(image);
    expect(board.statistics.bytesToChip - whole).toBeLessThan(0x30000);
  });
});
