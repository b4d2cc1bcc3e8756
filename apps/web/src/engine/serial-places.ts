/** Where a port of the browser is found again when it was unplugged. @module */
import { FlasherError, isFlasherError, type Transport } from "@flashwright/core";
import type { PortPlaces } from "@flashwright/core/board";
import {
  browserClock,
  grantedPorts,
  openWebSerialPort,
  type WebPort,
  type WebSerial,
} from "@flashwright/web-transport";
import { holderOf, holdForTab } from "./tab-lock.js";

/** Every rate that matters is set by whoever talks over the port. */
const FIRST_RATE = 115_200;

/**
 * Opens a port that the person has granted.
 * @throws FlasherError those of `openWebSerialPort`; `port-in-use` where another tab of this page has it
 */
export async function openGranted({ port }: Pick<WebPort, "port">, label: string): Promise<Transport> {
  try {
    const transport = await openWebSerialPort(port, { baudRate: FIRST_RATE, label });
    holdForTab(label, transport.closed);
    return transport;
  } catch (error) {
    const holder = isFlasherError(error, "port-not-opened") ? await holderOf(label) : undefined;
    if (holder === undefined) throw error;
    throw new FlasherError("port-in-use", { label, by: [holder] }, { cause: error });
  }
}

/**
 * As the `SerialPort` of before, or as another one with the same USB identifiers that was not there beside it. Which
 * chip is behind it decides in the end.
 * @param all the ports that were there when this one was opened
 */
export function serialPlaces(
  serial: WebSerial,
  known: WebPort,
  all: readonly WebPort[],
): PortPlaces<WebPort> {
  const { label } = known;
  const beside = all.map(({ port }) => port).filter((port) => port !== known.port);
  const isSame = ({ port, vendorId, productId }: WebPort) =>
    port === known.port ||
    (vendorId === known.vendorId && productId === known.productId && !beside.includes(port));
  return {
    clock: browserClock,
    places: async () => (await grantedPorts(serial)).filter(isSame),
    open: (place) => openGranted(place, label),
  };
}
