/** Port addresses as people write them. @module */
import { FlasherError } from "@flashwright/core";

/** An address, understood. */
export type PortAddress =
  | { readonly kind: "serial"; readonly path: string }
  | { readonly kind: "socket" | "rfc2217"; readonly host: string; readonly port: number }
  /** A port that a Flashwright agent on this computer lends, by its id there. */
  | { readonly kind: "agent"; readonly host: string; readonly port: number; readonly id: string };

/**
 * Reads `/dev/ttyUSB0`, `COM3`, `socket://host:port` or `rfc2217://host:port`; an IPv6 host stands in brackets.
 * `agent://127.0.0.1:port/id` names a port of an agent, which listens on the loopback interface alone.
 * @param platform Node's name of the system, which decides what a serial port is called
 * @throws FlasherError `address-invalid`
 */
export function parseAddress(address: string, platform: string = process.platform): PortAddress {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase();
  if (scheme === "socket" || scheme === "rfc2217") return { kind: scheme, ...parseHostPort(address) };
  if (scheme === "agent") return parseAgent(address);
  if (scheme !== undefined) throw invalid(address, `nothing is known of ${scheme}://.`);
  return { kind: "serial", path: parsePath(address, platform) };
}

const LOOPBACK = ["127.0.0.1", "[::1]", "localhost"];

/** A token must not leave this computer, so no other host is taken; `ssh -L` brings another computer's agent here. */
function parseAgent(address: string): Extract<PortAddress, { kind: "agent" }> {
  const [, host = "", id = ""] = /^agent:\/\/([^/?#]*)\/([A-Za-z0-9._-]+)$/i.exec(address) ?? [];
  if (id === "") throw invalid(address, "a port of an agent is named like agent://127.0.0.1:8266/ttyUSB0.");
  const { hostname } = parseUrl(`agent://${host}`, address);
  if (!LOOPBACK.includes(hostname.toLowerCase()))
    throw invalid(address, "an agent is reached at 127.0.0.1, [::1] or localhost, and nowhere else.");
  return { kind: "agent", ...parseHostPort(`agent://${host}`, address), id };
}

/** @param address the whole of it, for errors */
function parseHostPort(text: string, address = text): { host: string; port: number } {
  const url = parseUrl(text, address);
  const rest = `${url.pathname.replace(/^\/$/, "")}${url.search}${url.hash}`;
  if (rest !== "") throw invalid(address, `"${rest}" after the port means nothing here.`);
  if (url.username !== "" || url.password !== "") throw invalid(address, "it cannot hold a user name.");
  if (url.hostname === "") throw invalid(address, "the host is missing.");
  if (url.port === "" || url.port === "0") throw invalid(address, "the port number is missing.");
  return { host: url.hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(url.port) };
}

function parseUrl(text: string, address: string): URL {
  try {
    return new URL(text);
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
