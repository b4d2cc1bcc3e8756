/** One door to every kind of port, virtual ones too. @module */
import type { Transport } from "@flashwright/core";
import type { Context } from "../context.js";
import { isVirtualAddress, openVirtualPort } from "../virtual/virtual-port.js";

/** Rate at which a port is opened, bit/s; connecting sets its own. */
export const OPEN_BAUD_RATE = 115_200;

/** Opens the port at an address; what an agent could not keep for it becomes a warning. @throws FlasherError those of opening */
export function openPort(
  { world, emit }: Pick<Context, "world" | "emit">,
  address: string,
): Promise<Transport> {
  if (isVirtualAddress(address)) return openVirtualPort(address, world.clock);
  return world.openTransport(address, (bytes) =>
    emit({ type: "warning", code: "agent-overrun", params: { label: address, bytes } }),
  );
}
