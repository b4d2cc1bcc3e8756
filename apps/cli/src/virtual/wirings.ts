/** The circuits of the virtual board, named here so that no other command has to load it. @module */
import type { Wiring } from "@flashwright/virtual-device";

/** All of them, in the order in which a person may meet them. */
export const WIRINGS = [
  "auto-reset",
  "direct",
  "swapped",
  "inverted",
  "inverted-direct",
  "flow-control",
  "rts-only",
  "unwired",
  "none",
] as const satisfies readonly Wiring[];
