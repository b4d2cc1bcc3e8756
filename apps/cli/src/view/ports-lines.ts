/** Ports in lines. @module */
import type { ListedPort } from "@flashwright/node-transport";
import { clean, table } from "./text.js";

/** One line a port: path, bridge, identifiers. */
export function portsLines(ports: readonly ListedPort[]): string[] {
  if (ports.length === 0) return ["No serial ports."];
  return table(ports.map((port) => [clean(port.path), portTitle(port), ...identifiers(port)]));
}

/** What a person recognises a port by: the bridge's usual name, the product's own, or nothing known. */
export function portTitle({ bridge, product, manufacturer, vendorId }: ListedPort): string {
  const name = bridge ?? product ?? manufacturer;
  return name === undefined ? (vendorId === undefined ? "not USB" : "USB") : clean(name);
}

function identifiers({ vendorId, productId, serialNumber }: ListedPort): string[] {
  if (vendorId === undefined) return [];
  const ids = `${clean(vendorId)}:${clean(productId ?? "?")}`;
  return serialNumber === undefined ? [ids] : [ids, `serial ${clean(serialNumber)}`];
}
