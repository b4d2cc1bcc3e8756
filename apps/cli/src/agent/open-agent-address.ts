/** Opening `agent://127.0.0.1:PORT/ID`. @module */
import { FlasherError, type Transport } from "@flashwright/core";
import { parseAddress } from "@flashwright/node-transport";
import { openAgentPort } from "@flashwright/web-transport/agent";
import { WebSocket } from "ws";
import { OPEN_BAUD_RATE } from "../ports/open-port.js";
import { systemClock } from "../system-clock.js";
import { findToken, type TokenPlaces } from "./find-token.js";

/** Where the token may be, and who is told of bytes that were lost. */
export interface AgentAddressOptions extends TokenPlaces {
  readonly onOverrun?: ((droppedBytes: number) => void) | undefined;
}

/**
 * Opens a port of an agent on this computer.
 * @throws FlasherError `address-invalid`, those of `findToken` and of `openAgentPort`
 */
export async function openAgentAddress(address: string, options: AgentAddressOptions): Promise<Transport> {
  const target = parseAddress(address);
  if (target.kind !== "agent")
    throw new FlasherError("address-invalid", { address, detail: "it names no port of an agent." });
  const { host, port, id } = target;
  const token = await findToken(options, port);
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const { onOverrun } = options;
  const access = { url, token, clock: systemClock, WebSocket };
  return openAgentPort(access, id, {
    baudRate: OPEN_BAUD_RATE,
    label: address,
    ...(onOverrun === undefined ? {} : { onOverrun }),
  });
}
