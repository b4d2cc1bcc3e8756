/** Colour, where the person and the terminal want it. @module */
import pc from "picocolors";
import type { TextStream } from "../world.js";

/** Functions that colour text, or leave it as it is. */
export type Colours = ReturnType<typeof pc.createColors>;

/** Colours for a stream: on terminals, unless `NO_COLOR` is set to anything or the terminal is dumb. */
export function coloursFor(stream: TextStream, env: Readonly<Record<string, string | undefined>>): Colours {
  const refused = (env.NO_COLOR ?? "") !== "" || env.TERM === "dumb";
  return pc.createColors(stream.isTTY === true && !refused);
}
