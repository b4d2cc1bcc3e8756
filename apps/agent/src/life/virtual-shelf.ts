/** Virtual boards that an agent offers beside real ones. @module */
import { type Clock, FlasherError, type Transport } from "@flashwright/core";
import type { BoardName, VirtualBoard } from "@flashwright/virtual-device";

/** Boards by the names under which they are offered; each keeps its flash while the agent runs. */
export class VirtualShelf {
  readonly #boards: ReadonlyMap<string, VirtualBoard>;

  private constructor(boards: ReadonlyMap<string, VirtualBoard>) {
    this.#boards = boards;
  }

  /**
   * Boards of these kinds; a second one of a kind gets a number: "esp-12f-2".
   * @throws FlasherError `board-unknown`
   */
  static async stock(kinds: readonly string[], clock: Clock): Promise<VirtualShelf> {
    if (kinds.length === 0) return new VirtualShelf(new Map());
    const { boards, createVirtualBoard } = await import("@flashwright/virtual-device");
    const shelf = new Map<string, VirtualBoard>();
    for (const kind of kinds.map((text) => text.toLowerCase())) {
      if (!Object.hasOwn(boards, kind))
        throw new FlasherError("board-unknown", { name: kind, known: Object.keys(boards) });
      shelf.set(freeName(shelf, kind), createVirtualBoard({ board: kind as BoardName, clock }));
    }
    return new VirtualShelf(shelf);
  }

  get names(): string[] {
    return [...this.#boards.keys()];
  }

  async open(name: string): Promise<Transport> {
    const board = this.#boards.get(name);
    if (board === undefined) throw new FlasherError("agent-port-unknown", { id: name, known: this.names });
    return board.reconnect();
  }
}

function freeName(shelf: ReadonlyMap<string, unknown>, kind: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? kind : `${kind}-${number}`;
    if (!shelf.has(name)) return name;
  }
}
