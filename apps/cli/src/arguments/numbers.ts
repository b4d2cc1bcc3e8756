/** Numbers as people type them for flash: hex, decimal, k and M. @module */
import { FlasherError } from "@flashwright/core";

const UNITS = { "": 1, k: 0x400, m: 0x100000 } as const;
/** More than any flash chip that an ESP8266 can address, and still exact. */
const LIMIT = 2 ** 32;

/**
 * `0x1000`, `4096`, `4k`, `1M`; k and M are 1024 and 1048576, in either case.
 * @param what for the error's text: "an address"
 * @throws FlasherError `number-invalid`
 */
export function parseNumber(text: string, what: string): number {
  const parts = /^(0x[0-9a-f]+|\d+)([km]?)$/i.exec(text);
  const value =
    parts === null ? Number.NaN : Number(parts[1]) * UNITS[parts[2].toLowerCase() as keyof typeof UNITS];
  if (!(value < LIMIT)) throw new FlasherError("number-invalid", { text, what });
  return value;
}

/** A number of at least 1. @throws FlasherError `number-invalid` */
export function parsePositive(text: string, what: string): number {
  const value = parseNumber(text, what);
  if (value < 1) throw new FlasherError("number-invalid", { text, what });
  return value;
}

/** A TCP port, 0 to 65535. @throws FlasherError `number-invalid` */
export function parseTcpPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 0xffff)) throw new FlasherError("number-invalid", { text, what: "a TCP port (0 to 65535)" });
  return port;
}
