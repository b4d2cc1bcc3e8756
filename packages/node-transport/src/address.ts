/** Port addresses as people write them. @module */
import { FlasherError } from "@flashwright/core";

/** An address, understood. */
export type PortAddress =
  | { readonly kind: "serial"; readonly path: string }
  | { readonly kind: "socket" | "rfc2217"; readonly host: string; readonly port: number };

/**
 * Reads `/dev/ttyUSB0`, `COM3`, `socket://host:port` or `rfc2217://host:port`; an IPv6 host stands in brackets.
 * @param platform Node's name of the system, which decides what a serial port is called
 * @throws FlasherError `address-invalid`
 */
export function parseAddress(address: string, platform: string = process.platform): PortAddress {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase();
  if (scheme === "socket" || scheme === "rfc2217") return { kind: scheme, ...parseHostPort(address) };
  if (scheme !== undefined) throw invalid(address, `nothing is known of ${scheme}://.`);
  return { kind: "serial", path: parsePath(address, platform) };
}

function parseHostPort(address: string): { host: string; port: number } {
  const url = parseUrl(address);
  const rest = `${url.pathname.replace(/^\/$/, "")}${url.search}${url.hash}`;
  if (rest !== "") throw invalid(address, `"${rest}" after the port means nothing here.`);
  if (url.username !== "" || url.password !== "") throw invalid(address, "it cannot hold a user name.");
  if (url.hostname === "") throw invalid(address, "the host is missing.");
  if (url.port === "" || url.port === "0") throw invalid(address, "the port number is missing.");
  return { host: url.hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(url.port) };
}

function parseUrl(address: string): URL {
  try {
    return new URL(address);
  } catch {
    throw invalid(address, "it needs a host and a port number from 1 to 65535.");
  }
}

function parsePath(address: string, platform: string): string {
  if (platform === "win32") {
    const name = /^(?:\\\\\.\\)?(COM[1-9]\d*)$/i.exec(address)?.[1];
    if (name === undefined) throw invalid(address, "a serial port is named like COM3.");
    return name.toUpperCase();
  }
  if (address.startsWith("/") && address.length > 1) return address;
  throw invalid(address, "a serial port is named by its full path, like /dev/ttyUSB0.");
}

function invalid(address: string, detail: string): FlasherError {
  return new FlasherError("address-invalid", { address, detail });
}
