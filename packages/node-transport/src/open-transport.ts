/** One door to every kind of port. @module */
import { type Clock, FlasherError, type Transport } from "@flashwright/core";
import { parseAddress } from "./address.js";
import { openRfc2217 } from "./rfc2217/open-rfc2217.js";
import { openSerialPort } from "./serial/open-serial-port.js";
import { openSocket } from "./tcp/open-socket.js";

/** How to open a port. */
export interface OpenTransportOptions {
  /** bit/s to open with; ignored where the far end decides (`socket://`). */
  readonly baudRate: number;
  /** Time for deadlines and waits; the system's when not given. */
  readonly clock?: Clock;
}

/**
 * Opens the port that an address names.
 * @param address "/dev/ttyUSB0", "COM3", "socket://host:port", "rfc2217://host:port"
 * @throws FlasherError `address-invalid`, and those of `openSerialPort`, `openSocket` and `openRfc2217`
 */
export async function openTransport(address: string, options: OpenTransportOptions): Promise<Transport> {
  const target = parseAddress(address);
  switch (target.kind) {
    case "serial":
      return openSerialPort(target.path, options);
    case "socket":
      return openSocket(target.host, target.port, options);
    case "rfc2217":
      return openRfc2217(target.host, target.port, options);
    case "agent": {
      const detail =
        "it is opened with an agent's client, openAgentPort of @flashwright/web-transport/agent.";
      throw new FlasherError("address-invalid", { address, detail });
    }
  }
}
