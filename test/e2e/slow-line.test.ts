/** Rates at which a packet or a block takes longer on the line than any work on the chip. @module */
import { readRegion } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { noise } from "../support/content.js";
import { setUpDesk, writeImages } from "./support/desk.js";

describe("a slow line", () => {
  it.each([38_400, 19_200, 9_600])("at %i baud writes, verifies and reads", async (baudRate) => {
    const { board, connect } = setUpDesk({ flash: noise(0x10000, 1) });
    const session = await connect({ baudRate });
    const bytes = noise(0x9000, 2);
    await writeImages(session, [{ name: "a.bin", offset: 0x2000, bytes }]);
    expect(board.statistics.badFrames).toBe(0);
    expect(await readRegion(session, { offset: 0x2000, size: bytes.length })).toEqual(bytes);
  });
});
