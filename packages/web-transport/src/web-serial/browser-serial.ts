/** Where the browser has Web Serial. @module */
import type { WebSerial } from "./serial-api.js";

/**
 * `navigator.serial` of this page or worker; `undefined` in a browser that has none, and in a page that is neither from
 * HTTPS nor from this computer.
 */
export function browserSerial(): WebSerial | undefined {
  return (globalThis as { readonly navigator?: { readonly serial?: WebSerial } }).navigator?.serial;
}
