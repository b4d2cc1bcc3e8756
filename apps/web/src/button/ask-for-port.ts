/** Asking for a port, in the moment of the click: nothing of it may be loaded first. @module */
import { bridgeVendorIds } from "@flashwright/core/port";

/** What of `navigator.serial` is used here. */
interface Asking {
  requestPort(options?: { filters: readonly { usbVendorId: number }[] }): Promise<unknown>;
}

/**
 * Has the browser ask which port to use.
 * @param all every serial port, not only those behind a known USB bridge
 * @returns the port, as `navigator.serial` gives it
 * @throws DOMException `NotFoundError` where the person chose none; `SecurityError` where the page may not ask
 */
export async function askForPort(all: boolean): Promise<unknown> {
  const { serial } = navigator as unknown as { readonly serial: Asking };
  const filters = bridgeVendorIds.map((id) => ({ usbVendorId: Number.parseInt(id, 16) }));
  return all ? serial.requestPort() : serial.requestPort({ filters });
}
