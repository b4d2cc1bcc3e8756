/** Virtual boards by name. @module */
import { FlasherError } from "@flashwright/core";
import type { BoardName } from "@flashwright/virtual-device";

/** The board of that name. @throws FlasherError `board-unknown` */
export async function findBoard(name: string): Promise<BoardName> {
  const { boards } = await import("@flashwright/virtual-device");
  const wanted = name.toLowerCase();
  if (Object.hasOwn(boards, wanted)) return wanted as BoardName;
  throw new FlasherError("board-unknown", { name, known: Object.keys(boards) });
}
