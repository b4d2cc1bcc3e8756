import {
  eraseChip,
  eraseRegion,
  type FlashEvent,
  readRegion,
  type Session,
  watchBoot,
} from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { bootImage, firstDifference, mixedContent, noise } from "../support/content.js";
import { type Desk, pressIntoLoader, setUpDesk, writeImages } from "./support/desk.js";

const content = noise(0x400000, 4);
/** Boots as far as a board without firmware of the SDK boots: the ROM loads it and jumps there. */
const bootable = content.slice();
bootable.set(bootImage());

/** More than a MEM_BEGIN and the proof of a faster rate, fewer than the stub: tells whether the stub was sent again. */
const LESS_THAN_A_STUB = 10_000;

async function expectFlashReadable(session: Session, { board }: Desk): Promise<void> {
  const region = { offset: 0x200800, size: 0x1234 };
  const read = await readRegion(session, region);
  expect(read).toEqual(board.flash.slice(region.offset, region.offset + region.size));
}

/** How long letting go of the port may take, in virtual milliseconds. */
const RELEASE_MS = 1500;

/** Ends a session as a program does that leaves the chip as it is, and opens the port again. */
async function reopen({ board, clock }: Desk): Promise<void> {
  const { transport } = board;
  const start = clock.now();
  await transport.close();
  expect(clock.now() - start).toBeLessThan(RELEASE_MS);
  expect((await transport.closed).reason).toBe("closed");
  board.reconnect();
}

describe("a board without reset lines", () => {
  const withStub = async (baudRate: number): Promise<Desk> => {
    const desk = setUpDesk({ wiring: "none", flash: bootable });
    const session = await desk.connect({ baudRate });
    expect(session.loader.kind).toBe("stub");
    expect(session.baudRate).toBe(baudRate);
    await session.leave("no-reset");
    await reopen(desk);
    return desk;
  };

  it.each([
    [115_200, 115_200],
    [460_800, 460_800],
    [921_600, 460_800],
    [460_800, 115_200],
    [115_200, 921_600],
    [2_000_000, 2_000_000],
  ])("finds a stub that was left at %d baud, uses it and brings it to %d", async (left, wanted) => {
    const desk = await withStub(left);
    const sentBefore = desk.board.statistics.bytesToChip;
    const events: FlashEvent[] = [];
    const session = await desk.connect({ baudRate: wanted, onEvent: (event) => events.push(event) });
    expect(desk.board.statistics.bytesToChip - sentBefore).toBeLessThan(LESS_THAN_A_STUB);
    expect(events.at(-1)).toMatchObject({ type: "connected", loader: "stub", baudRate: wanted });
    expect(desk.board.state.baudRate / wanted).toBeCloseTo(1, 1);
    await expectFlashReadable(session, desk);
  });

  it.each([115_200, 460_800, 921_600])(
    "returns to the ROM from a stub that runs at %d baud",
    async (left) => {
      const desk = await withStub(left);
      const session = await desk.connect({ stub: false });
      expect(session.loader.kind).toBe("rom");
      expect(desk.board.state.mode).toBe("rom");
      const image = mixedContent(0x2000, 5);
      await writeImages(session, [{ name: "image", offset: 0x300000, bytes: image }]);
      expect(desk.board.flash.slice(0x300000, 0x302000)).toEqual(image);
    },
  );

  it.each(["stub", "rom"] as const)("starts its firmware by a jump from the %s", async (loader) => {
    const desk = setUpDesk({ wiring: "none", flash: bootable });
    const session = await desk.connect({ stub: loader === "stub" });
    const lines: string[] = [];
    const onEvent = (event: FlashEvent) => event.type === "boot" && lines.push(event.line);
    const verdict = await watchBoot(session, { after: "soft-reset", onEvent });
    expect(desk.board.state.mode).toBe("application");
    expect(lines).toEqual(["load 0x40100000, len 16, room 16", "tail 0", "chksum 0x67", "csum 0x67"]);
    expect(verdict.verdict).toBe("silent");
  });

  it("says that it cannot be reset, and is still connected", async () => {
    const desk = setUpDesk({ wiring: "none", flash: bootable });
    const session = await desk.connect();
    await expect(session.leave("hard-reset")).rejects.toMatchObject({ code: "no-reset-line" });
    await expectFlashReadable(session, desk);
  });

  it("that runs its firmware is named, and connects once its buttons were pressed", async () => {
    const desk = setUpDesk({ wiring: "none", flash: bootable });
    desk.board.powerCycle();
    await expect(desk.connect({ attempts: 2 })).rejects.toMatchObject({ name: "FlasherError" });
    pressIntoLoader(desk.board, desk.clock);
    await expectFlashReadable(await desk.connect(), desk);
  });
});

type Work = (session: Session, signal: AbortSignal) => Promise<unknown>;

const works: Readonly<Record<string, Work>> = {
  reading: (session, signal) => readRegion(session, { offset: 0x1000, size: 0x8000 }, { signal }),
  writing: (session, signal) =>
    writeImages(session, [{ name: "image", offset: 0x100000, bytes: mixedContent(0x18000, 6) }], { signal }),
  "erasing a region": (session, signal) =>
    eraseRegion(session, { offset: 0x13000, size: 0x40000 }, { signal }),
};

/** How long an abort may take to be obeyed, and the next connect to succeed, in virtual milliseconds. */
const OBEY_MS = 2000;
const CONNECT_MS = { "auto-reset": 5000, none: 5000 };
const MOMENTS = 17;

/** Aborts when `ms` have passed. */
function abortAfter({ clock }: Desk, ms: number): AbortController {
  const controller = new AbortController();
  clock.setTimer(ms, () => controller.abort({ abortedAt: clock.now() }));
  return controller;
}

async function expectObeyed({ clock }: Desk, work: Promise<unknown>, abort: AbortController): Promise<void> {
  const error = await work.then(
    () => "it finished",
    (reason: unknown) => reason,
  );
  expect(error).toBe(abort.signal.reason);
  expect(clock.now() - abort.signal.reason.abortedAt).toBeLessThan(OBEY_MS);
}

async function expectUsableAgain(desk: Desk, wiring: keyof typeof CONNECT_MS): Promise<void> {
  await reopen(desk);
  const start = desk.clock.now();
  const session = await desk.connect();
  expect(desk.clock.now() - start).toBeLessThan(CONNECT_MS[wiring]);
  expect(session.loader.kind).toBe("stub");
  await expectFlashReadable(session, desk);
}

/** Moments spread over a stretch of time, none at its very ends. */
function momentsIn(durationMs: number): number[] {
  return Array.from({ length: MOMENTS }, (_, at) => (durationMs * (at + 0.5)) / MOMENTS);
}

describe.each(["auto-reset", "none"] as const)("an abort with %s wiring", (wiring) => {
  const makeDesk = () => setUpDesk({ wiring, flash: content });

  it("at any moment of connecting and uploading is obeyed, and the next connect succeeds", async () => {
    const whole = makeDesk();
    const start = whole.clock.now();
    await whole.connect();
    for (const ms of momentsIn(whole.clock.now() - start)) {
      const desk = makeDesk();
      const abort = abortAfter(desk, ms);
      await expectObeyed(desk, desk.connect({ signal: abort.signal }), abort);
      await expectUsableAgain(desk, wiring);
    }
  });

  it.each(Object.keys(works))(
    "at any moment of %s is obeyed, and the next connect succeeds",
    async (name) => {
      const work = works[name];
      const whole = makeDesk();
      const session = await whole.connect();
      const start = whole.clock.now();
      await work(session, new AbortController().signal);
      for (const ms of momentsIn(whole.clock.now() - start)) {
        const desk = makeDesk();
        const interrupted = await desk.connect();
        const abort = abortAfter(desk, ms);
        await expectObeyed(desk, work(interrupted, abort.signal), abort);
        await expectUsableAgain(desk, wiring);
      }
    },
  );
});

describe("an abort while a stub that was left there is taken over", () => {
  const cases = [
    { to: "return to the ROM", left: 460_800, options: { stub: false } },
    { to: "lower its rate", left: 921_600, options: { baudRate: 115_200 } },
    { to: "raise its rate", left: 115_200, options: { baudRate: 921_600 } },
  ];

  it.each(cases)(
    "to $to is obeyed at any moment, and the next connect succeeds",
    async ({ left, options }) => {
      const makeDesk = async () => {
        const desk = setUpDesk({ wiring: "none", flash: content });
        await desk.connect({ baudRate: left });
        await reopen(desk);
        return desk;
      };
      const whole = await makeDesk();
      const start = whole.clock.now();
      await whole.connect(options);
      for (const ms of momentsIn(whole.clock.now() - start)) {
        const desk = await makeDesk();
        const abort = abortAfter(desk, ms);
        await expectObeyed(desk, desk.connect({ ...options, signal: abort.signal }), abort);
        await expectUsableAgain(desk, "none");
      }
    },
  );
});

describe("an abort that was there before", () => {
  it("ends connecting before anything is done to the board", async () => {
    const { board, connect } = setUpDesk({ wiring: "auto-reset", flash: content });
    const { resets, bytesToChip } = board.statistics;
    const reason = new Error("not today");
    await expect(connect({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(board.statistics).toMatchObject({ resets, bytesToChip });
  });

  it.each(Object.keys(works))(
    "ends %s before the flash is changed, and the session lives on",
    async (name) => {
      const desk = setUpDesk({ wiring: "none", flash: content });
      const session = await desk.connect();
      const reason = new Error("not today");
      await expect(works[name](session, AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(firstDifference(desk.board.flash, content)).toBeUndefined();
      await expectFlashReadable(session, desk);
    },
  );
});

describe("an abort of a whole-chip erase", () => {
  const abortErase = async (wiring: "auto-reset" | "none"): Promise<Desk> => {
    const desk = setUpDesk({ wiring, flash: content });
    const session = await desk.connect();
    const abort = abortAfter(desk, 1000);
    await expectObeyed(desk, eraseChip(session, { signal: abort.signal }), abort);
    return desk;
  };
  /** Nothing stops the flash chip itself. */
  const expectErased = ({ board }: Desk) => expect(board.flash.every((byte) => byte === 0xff)).toBe(true);

  it("is obeyed at once, and a reset makes the chip answer", async () => {
    const desk = await abortErase("auto-reset");
    await expectUsableAgain(desk, "auto-reset");
    expectErased(desk);
  });

  it("leaves a board without lines silent until the flash chip has finished; connecting waits for that", async () => {
    const desk = await abortErase("none");
    await reopen(desk);
    await expect(desk.connect({ attempts: 3 })).rejects.toMatchObject({ code: "connect-silent" });
    await expectUsableAgain(desk, "none");
    expectErased(desk);
  });
});
