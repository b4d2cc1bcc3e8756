/** The ports that a page may use, and asking for another one. @module */
import { bridgeVendorIds } from "@flashwright/core/port";
import { describePorts, type WebPort } from "./describe-ports.js";
import type { WebSerial, WebSerialFilter } from "./serial-api.js";
import { webSerialError } from "./web-serial-error.js";

/** The USB bridges that ESP8266 boards carry, by vendor: makers of boards give products ids of their own. */
export const knownBridges: readonly WebSerialFilter[] = bridgeVendorIds.map((id) => ({
  usbVendorId: Number.parseInt(id, 16),
}));

/**
 * Has the browser ask which port to use. In a page only, and only right after a click or a key.
 * @param options `all`: every serial port, not only those behind a known USB bridge
 * @throws FlasherError `port-not-chosen` when the person chose none, `port-blocked` when the browser does not let the
 *   page ask, `port-failed`
 */
export async function requestPort(
  serial: WebSerial,
  { all = false }: { readonly all?: boolean } = {},
): Promise<WebPort> {
  try {
    if (serial.requestPort === undefined) throw new DOMException("Only a page can ask.", "SecurityError");
    const chosen = await serial.requestPort(all ? {} : { filters: knownBridges });
    const granted = await grantedPorts(serial);
    return granted.find(({ port }) => port === chosen) ?? describePorts([chosen])[0]!;
  } catch (error) {
    throw webSerialError(error, "choose", "Web Serial");
  }
}

/**
 * The ports that the person has chosen here before and that are plugged in, in the browser's order.
 * @throws FlasherError `port-blocked` where the browser lets the page use none
 */
export async function grantedPorts(serial: WebSerial): Promise<WebPort[]> {
  const ports = await serial.getPorts().catch((error: unknown) => {
    throw webSerialError(error, "choose", "Web Serial");
  });
  return describePorts(ports.filter(({ connected }) => connected !== false));
}
