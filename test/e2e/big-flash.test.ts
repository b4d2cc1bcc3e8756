import {
  eraseChip,
  eraseRegion,
  esp8266FlashParams,
  type FlashEvent,
  parseFlashMode,
  readFills,
  readRegion,
  StubLoader,
  verifyFlash,
  watchBoot,
} from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { bootImage, firstDifference, mixedContent, noise } from "../support/content.js";
import { type Desk, setUpDesk, writeImages } from "./support/desk.js";

const MiB = 0x100000;
const loaders = ["stub", "rom"] as const;

const content = noise(16 * MiB, 7);
const bigDesk = (): Desk => setUpDesk({ board: "d1-mini-pro", flash: content, pace: "unlimited" });

/** Across the 4 MiB that the ROM believes in, far beyond them, and up to the very end. */
const images = [
  { name: "across", offset: 4 * MiB - 0x8000, bytes: mixedContent(0x10000, 8) },
  { name: "beyond", offset: 15 * MiB, bytes: mixedContent(0x20000, 9) },
  { name: "last", offset: 16 * MiB - 0x1000, bytes: noise(0x1000, 10) },
];
const written = content.slice();
for (const { offset, bytes } of images) written.set(bytes, offset);

describe("16 MB of flash", () => {
  it.each(loaders)(
    "is written across 4 MiB, at 15 MiB and in its last sector with the %s",
    async (loader) => {
      const { board, connect } = bigDesk();
      const session = await connect({ stub: loader === "stub" });
      expect(session.flashSize).toBe(16 * MiB);
      const { result } = await writeImages(session, images);
      expect(result.code).toBe(loader === "stub" ? "flash-written-verified" : "flash-written-by-rom");
      expect(firstDifference(board.flash, written)).toBeUndefined();
    },
  );

  it.each(loaders)("is erased across 4 MiB and at its end with the %s, and nowhere else", async (loader) => {
    const { board, connect } = bigDesk();
    const session = await connect({ stub: loader === "stub" });
    const erased = content.slice();
    for (const { offset, bytes } of images) {
      await eraseRegion(session, { offset, size: bytes.length });
      erased.fill(0xff, offset, offset + bytes.length);
    }
    expect(firstDifference(board.flash, erased)).toBeUndefined();
  });

  it("is read across 4 MiB and to its last byte", async () => {
    const session = await bigDesk().connect();
    for (const [offset, size] of [
      [4 * MiB - 0x1801, 0x3003],
      [15 * MiB, 0x1000],
      [16 * MiB - 0x801, 0x801],
    ]) {
      expect(await readRegion(session, { offset, size })).toEqual(content.slice(offset, offset + size));
    }
  });

  it("is read and hashed beyond 4 MiB by a stub that an earlier session left there", async () => {
    const desk = bigDesk();
    await desk.connect();
    desk.board.reconnect();
    const session = await desk.connect({ before: "no-reset" });
    const region = { offset: 12 * MiB, size: 0x2000 };
    expect(await readRegion(session, region)).toEqual(content.slice(12 * MiB, 12 * MiB + 0x2000));
  });

  it("is verified beyond 4 MiB: one wrong bit at 15 MiB is found with its sector", async () => {
    const { board, connect } = bigDesk();
    const session = await connect();
    const loader = session.requireStub("verifying");
    expect(loader).toBeInstanceOf(StubLoader);
    const expected = content.subarray(14 * MiB, 16 * MiB);
    await verifyFlash(loader, 14 * MiB, expected);
    board.flash[15 * MiB + 0x5123] ^= 0x10;
    await expect(verifyFlash(loader, 14 * MiB, expected)).rejects.toMatchObject({
      code: "verify-failed",
      params: { offset: 15 * MiB + 0x5000, size: 0x1000 },
    });
  });

  it("keeps what shares a sector with an image at 15 MiB", async () => {
    const { board, connect } = bigDesk();
    const session = await connect();
    const image = { name: "short", offset: 15 * MiB + 0x10, bytes: mixedContent(0x1234, 11) };
    const events: FlashEvent[] = [];
    const contents = await readFills(session, [image], { onEvent: (event) => void events.push(event) });
    const [before, behind] = [
      { offset: 15 * MiB, size: 0x10 },
      { offset: 15 * MiB + 0x1244, size: 0xdbc },
    ];
    expect(contents).toEqual(
      [before, behind].map(({ offset, size }) => ({ offset, bytes: content.slice(offset, offset + size) })),
    );
    expect(events).toEqual(
      [before, behind].flatMap((region) => [
        { type: "started", operation: "read", region },
        { type: "progress", operation: "read", region, doneBytes: region.size },
        { type: "finished", operation: "read", region, elapsedMs: expect.any(Number) },
      ]),
    );
    await writeImages(session, [image], { contents });
    const kept = content.slice();
    kept.set(image.bytes, image.offset);
    expect(firstDifference(board.flash, kept)).toBeUndefined();
  });

  it("is erased whole", async () => {
    const { board, connect } = bigDesk();
    const session = await connect();
    expect(await eraseChip(session)).toEqual({ code: "chip-erased", params: { size: 16 * MiB } });
    expect(board.flash.every((byte) => byte === 0xff)).toBe(true);
    expect(board.statistics).toMatchObject({ chipErases: 1, sectorErases: 0, blockErases: 0 });
  });

  it("is not erased whole by the ROM, and that is said before anything happens", async () => {
    const { board, connect } = bigDesk();
    const session = await connect({ stub: false });
    await expect(eraseChip(session)).rejects.toMatchObject({ code: "needs-stub" });
    expect(firstDifference(board.flash, content)).toBeUndefined();
  });
});

describe("an ESP8285, whose flash is wired for DOUT", () => {
  const smallDesk = (): Desk => setUpDesk({ board: "esp8285", flash: noise(MiB, 12), pace: "unlimited" });
  const bootedWith = async (modeName: string) => {
    const { board, connect } = smallDesk();
    const session = await connect();
    const mode = parseFlashMode(modeName, esp8266FlashParams);
    // The file itself says DIO: what boots is what the header was changed to.
    await writeImages(session, [{ name: "boot.bin", offset: 0, bytes: bootImage(2) }], { header: { mode } });
    return { board, session, verdict: await watchBoot(session) };
  };

  it("is recognised with its 1 MB", async () => {
    const session = await smallDesk().connect();
    expect(session.chip.name).toBe("ESP8285N08");
    expect(session.flashSize).toBe(MiB);
  });

  it.each(["qio", "qout", "dio"])("does not boot an image that was patched to %s", async (mode) => {
    const { board, verdict } = await bootedWith(mode);
    expect(board.state.mode).toBe("hung");
    expect(verdict).toMatchObject({ verdict: "does-not-boot", code: "boot-mode-not-wired" });
  });

  it("boots the same image patched to dout", async () => {
    const { board, verdict } = await bootedWith("dout");
    expect(board.flash[2]).toBe(3);
    expect(board.state.mode).toBe("application");
    expect(verdict).toMatchObject({ verdict: "silent", code: "boot-silent-after-load" });
  });
});
