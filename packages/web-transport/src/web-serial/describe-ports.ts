/** Ports in words: the browser tells USB identifiers and nothing else. @module */
import type { AdapterIdentity } from "@flashwright/core";
import { bridgeName } from "@flashwright/core/port";
import type { WebSerialPort } from "./serial-api.js";

/** A port of the browser and what is known of it. */
export interface WebPort {
  readonly port: WebSerialPort;
  /** For people: "CP2102 (10c4:ea60)"; of several alike the second is "CP2102 (10c4:ea60) #2". */
  readonly label: string;
  /** USB identifiers, 4 lower-case hex digits. */
  readonly vendorId?: string;
  readonly productId?: string;
  /** Usual name of the bridge chip: "CP2102". */
  readonly bridge?: string;
}

/** Ports with names that tell them apart: those alike are counted in the order in which the browser lists them. */
export function describePorts(ports: readonly WebSerialPort[]): WebPort[] {
  const seen = new Map<string, number>();
  return ports.map((port) => {
    const described = describePort(port);
    const count = (seen.get(described.label) ?? 0) + 1;
    seen.set(described.label, count);
    return count === 1 ? described : { ...described, label: `${described.label} #${count}` };
  });
}

/** One port, without regard to others. */
export function describePort(port: WebSerialPort): WebPort {
  const { usbVendorId, usbProductId } = port.getInfo();
  if (usbVendorId === undefined || usbProductId === undefined) return { port, label: "serial port" };
  const vendorId = hexId(usbVendorId);
  const productId = hexId(usbProductId);
  const bridge = bridgeName(vendorId, productId);
  const ids = `${vendorId}:${productId}`;
  return {
    port,
    label: bridge === undefined ? `USB ${ids}` : `${bridge} (${ids})`,
    vendorId,
    productId,
    ...(bridge === undefined ? {} : { bridge }),
  };
}

/**
 * What `connect` takes as its adapter; `undefined` for a port that is not on USB.
 * @param platform the system's name as `navigator.userAgentData.platform` or `navigator.platform` gives it; of this
 *   browser by default
 */
export function adapterOf(
  { vendorId, productId }: Pick<WebPort, "vendorId" | "productId">,
  platform = browserPlatform(),
): AdapterIdentity | undefined {
  if (vendorId === undefined || productId === undefined) return undefined;
  const system = systemName(platform);
  return { vendorId, productId, ...(system === undefined ? {} : { platform: system }) };
}

/** As Node names it: only these have drivers that are known to set lines in ways of their own. */
function systemName(platform: string): string | undefined {
  if (/^win/i.test(platform)) return "win32";
  if (/^mac/i.test(platform)) return "darwin";
  return /^linux/i.test(platform) ? "linux" : undefined;
}

function browserPlatform(): string {
  const { navigator } = globalThis as {
    navigator?: { platform?: string; userAgentData?: { platform?: string } };
  };
  return navigator?.userAgentData?.platform ?? navigator?.platform ?? "";
}

function hexId(id: number): string {
  return id.toString(16).padStart(4, "0");
}
