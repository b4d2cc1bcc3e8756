/** Boards that exist only in this page, loaded when somebody wants one. @module */
import type { Clock, Transport } from "@flashwright/core";
import type { VirtualBoard } from "@flashwright/virtual-device";
import type { VirtualWay } from "./engine.js";

/** The boards of one page: what was written to one is there when it is opened again. */
export class VirtualBoards {
  readonly #made = new Map<string, VirtualBoard>();

  constructor(readonly clock: Clock) {}

  /** Opens a board, made on first use. */
  async open({ holds, pace }: VirtualWay): Promise<Transport> {
    const key = `${holds} ${pace}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known.reconnect();
    const { createVirtualBoard } = await import("@flashwright/virtual-device");
    const board = createVirtualBoard({ board: "esp-12f", clock: this.clock, pace });
    if (holds === "espruino") {
      const { flashedForHalfMegabyte } = await import("./sample.js");
      for (const { offset, bytes } of flashedForHalfMegabyte()) board.flash.set(bytes, offset);
    }
    this.#made.set(key, board);
    return board.transport;
  }
}
