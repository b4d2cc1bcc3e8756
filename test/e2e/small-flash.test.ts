/** A flash below 4 MB under the ROM loader: beyond its end the flash begins again, which the ROM does not know. @module */
import { eraseRegion } from "@flashwright/core";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { noise } from "../support/content.js";
import { setUpDesk, writeImages } from "./support/desk.js";

const MB = 0x100000;
const last = { offset: MB - 0x1000, size: 0x1000 };
const flash = noise(MB, 3);
const board = "esp-01s";

describe("the last sector of a flash of 1 MB under the ROM loader", () => {
  it("has the size that the test needs", () => {
    expect(createVirtualBoard({ board }).flash.length).toBe(MB);
  });

  it("is written without the first one being erased", async () => {
    const desk = setUpDesk({ board, flash });
    const session = await desk.connect({ stub: false });
    const bytes = noise(0x1000, 9);
    await writeImages(session, [{ name: "last.bin", offset: last.offset, bytes }]);
    const promised = flash.slice();
    promised.set(bytes, last.offset);
    expect(Buffer.compare(desk.board.flash, promised)).toBe(0);
  });

  it("is erased without the first one", async () => {
    const desk = setUpDesk({ board, flash });
    const session = await desk.connect({ stub: false });
    await eraseRegion(session, last);
    const promised = flash.slice().fill(0xff, last.offset);
    expect(Buffer.compare(desk.board.flash, promised)).toBe(0);
  });
});
