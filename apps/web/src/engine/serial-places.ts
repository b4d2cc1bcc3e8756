/** Where a port of the browser is found again when it was unplugged. @module */
import type { Transport } from "@flashwright/core";
import type { PortPlaces } from "@flashwright/core/board";
import {
  browserClock,
  grantedPorts,
  openWebSerialPort,
  type WebPort,
  type WebSerial,
} from "@flashwright/web-transport";

/** Every rate that matters is set by whoever talks over the port. */
const FIRST_RATE = 115_200;

/** Opens a port that the person has granted. @throws FlasherError those of `openWebSerialPort` */
export function openGranted({ port }: Pick<WebPort, "port">, label: string): Promise<Transport> {
  return openWebSerialPort(port, { baudRate: FIRST_RATE, label });
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
