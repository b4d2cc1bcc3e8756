import { connect, esp8266, type FlashEvent } from "@flashwright/core";
import { openTransport, systemClock } from "@flashwright/node-transport";
import { createVirtualBoard, type VirtualBoard } from "@flashwright/virtual-device";
import { type BoardServer, servePty, serveRfc2217, serveTcp } from "@flashwright/virtual-device/node";
import { describe, expect, it } from "vitest";
import { firstDifference, noise } from "../support/content.js";
import { describeWith } from "../support/requirements.js";
import { writeImages } from "./support/desk.js";
import { enterDownloadMode } from "./support/ways.js";

const content = noise(0x400000, 15);
const image = { name: "image", offset: 0x100000, bytes: noise(0x40000, 16) };
const written = content.slice();
written.set(image.bytes, image.offset);

/** Writes the image through a fresh opening of the port; the port is closed afterwards, however it ends. */
async function writeThrough(server: BoardServer, onEvent: (event: FlashEvent) => void, signal?: AbortSignal) {
  const transport = await openTransport(server.address, { baudRate: 115_200 });
  try {
    const stop = signal === undefined ? {} : { signal };
    const session = await connect(transport, { target: esp8266, clock: systemClock, ...stop });
    await writeImages(session, [image], { onEvent, ...stop });
  } finally {
    await transport.close();
  }
  expect((await transport.closed).reason).toBe("closed");
}

/** Aborts at the first block that the chip has taken, then does the same again to the end. */
function releasesThePort(serve: (board: VirtualBoard) => Promise<BoardServer>): void {
  it("is obeyed in the middle of a write, and the port can be opened and the write repeated", async () => {
    const board = createVirtualBoard({ flash: content });
    enterDownloadMode(board);
    const server = await serve(board);
    try {
      const abort = new AbortController();
      const reason = new Error("the person has changed their mind");
      const onEvent = (event: FlashEvent) => {
        if (event.type === "progress" && event.operation === "write") abort.abort(reason);
      };
      await expect(writeThrough(server, onEvent, abort.signal)).rejects.toBe(reason);
      expect(firstDifference(board.flash, written)).toBeDefined();
      await writeThrough(server, () => {});
      expect(firstDifference(board.flash, written)).toBeUndefined();
    } finally {
      await server.close();
    }
  });
}

describe("an abort over raw TCP", () => {
  releasesThePort((board) => serveTcp(() => board.reconnect()));
});

describe("an abort over RFC 2217", () => {
  releasesThePort((board) => serveRfc2217(() => board.reconnect()));
});

describeWith(["pty", "python3"], "an abort on a pseudo terminal", () => {
  releasesThePort((board) => servePty(() => board.reconnect()));
});
