/** A session goes on after an abort: what was left behind is not taken for the answer to what comes next. @module */
import { type AbortSignalLike, eraseRegion, readRegion, type Session, verifyFlash } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { noise } from "../support/content.js";
import { setUpDesk, writeImages } from "./support/desk.js";

const image = { name: "a.bin", offset: 0x10000, bytes: noise(0x20000, 4) };
const other = { name: "b.bin", offset: 0x40000, bytes: noise(0x3000, 5) };
const HALF = 0x80000;
const STOP = new Error("stop");

type Work = (session: Session, signal: AbortSignalLike) => Promise<unknown>;
const stub = (session: Session) => session.requireStub("the test");

const works: readonly [string, Work, readonly number[]][] = [
  [
    "a read",
    (session, signal) => readRegion(session, { offset: 0, size: HALF }, { signal }),
    [0, 1, 3, 40, 500],
  ],
  [
    "a read of one byte",
    (session, signal) => readRegion(session, { offset: 5, size: 1 }, { signal }),
    [0, 1, 2],
  ],
  ["an MD5", (session, signal) => verifyFlash(stub(session), 0, noise(HALF, 1), signal), [0, 1, 20, 300]],
  [
    "an erase",
    (session, signal) => eraseRegion(session, { offset: 0, size: HALF }, { signal }),
    [5, 30, 300],
  ],
  ["a write", (session, signal) => writeImages(session, [image], { signal }), [5, 60, 400, 900, 1500, 2100]],
];

describe("after an abort", () => {
  for (const [name, work, times] of works) {
    it.each(times)(`of ${name} after %i ms the same session writes and verifies`, async (ms) => {
      const { board, clock, connect } = setUpDesk({ flash: noise(HALF, 1) });
      const session = await connect();
      const controller = new AbortController();
      const running = work(session, controller.signal);
      clock.setTimer(ms, () => controller.abort(STOP));
      await expect(running).rejects.toBe(STOP);
      await writeImages(session, [other]);
      expect(await readRegion(session, { offset: other.offset, size: 0x3000 })).toEqual(other.bytes);
      expect(board.flash.slice(other.offset, other.offset + 0x3000)).toEqual(other.bytes);
    });
  }

  it.each([5, 30, 200, 700])("of a write by the ROM loader after %i ms it writes again", async (ms) => {
    const { board, clock, connect } = setUpDesk({ flash: noise(HALF, 1) });
    const session = await connect({ stub: false });
    const controller = new AbortController();
    const running = writeImages(session, [image], { signal: controller.signal });
    clock.setTimer(ms, () => controller.abort(STOP));
    await expect(running).rejects.toBe(STOP);
    await writeImages(session, [other]);
    expect(board.flash.slice(other.offset, other.offset + 0x3000)).toEqual(other.bytes);
  });

  it.each([1, 20, 100])("of an MD5 after %i ms its answer is not taken for that of the next", async (ms) => {
    const { clock, connect } = setUpDesk({ flash: noise(HALF, 1) });
    const session = await connect();
    const loader = stub(session);
    const expected = await loader.md5({ offset: 0x2000, size: 0x1000 });
    const controller = new AbortController();
    const running = loader.md5({ offset: 0, size: HALF }, controller.signal);
    clock.setTimer(ms, () => controller.abort(STOP));
    await expect(running).rejects.toBe(STOP);
    expect(await loader.md5({ offset: 0x2000, size: 0x1000 })).toBe(expected);
  });

  it("of a read before the stub has answered, the dialogue is ended at once", async () => {
    const { clock, connect } = setUpDesk({ flash: noise(HALF, 1) });
    const session = await connect();
    const controller = new AbortController();
    const running = readRegion(session, { offset: 0, size: HALF }, { signal: controller.signal });
    controller.abort(STOP);
    await expect(running).rejects.toBe(STOP);
    const start = clock.now();
    expect(await readRegion(session, { offset: 3, size: 0x10 })).toEqual(noise(HALF, 1).slice(3, 0x13));
    expect(clock.now() - start).toBeLessThan(1000);
  });
});
