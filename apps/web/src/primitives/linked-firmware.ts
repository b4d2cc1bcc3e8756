/** Firmware that a link to this page names: `?firmware=<address>`. @module */

/** What to put into the field for an address; empty where the link names none. Nothing is downloaded for it. */
export function linkedFirmware(search: string): string {
  return new URLSearchParams(search).get("firmware")?.trim() ?? "";
}
