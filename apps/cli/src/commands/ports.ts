/** `flashwright ports`. @module */
import type { OperationResult } from "@flashwright/core";
import type { Context } from "../context.js";

/** Lists the serial ports of this computer. @throws FlasherError `port-list-unavailable` */
export async function ports({ world, emit }: Context): Promise<OperationResult> {
  const found = await world.listPorts();
  emit({ type: "ports", ports: found });
  return { code: "ports-listed", params: { count: found.length } };
}
