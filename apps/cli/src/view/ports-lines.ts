/** Ports in lines. @module */
import type { ListedPort, PortUser } from "@flashwright/node-transport";
import type { CliEvent, SeenPort } from "../cli-event.js";
import type { Colours } from "./colour.js";
import { clean, table } from "./text.js";

/** One line a port: path, bridge, identifiers, who has it open. */
export function portsLines(ports: readonly SeenPort[]): string[] {
  if (ports.length === 0) return ["No serial ports."];
  return table(ports.map((port) => [...cells(port), ...usersOf(port)]));
}

/** One that was plugged in or pulled out. */
export function portChangeLine(event: Extract<CliEvent, { type: "port" }>, colours: Colours): string {
  const isNew = event.change === "added";
  const mark = isNew ? colours.green("+") : colours.red("-");
  return `${mark} ${cells(event.port).join("  ")}`;
}

/** A program that has a port open: "minicom (process 4242)". */
export function userTitle({ command, pid }: PortUser): string {
  return `${clean(command)} (process ${pid})`;
}

function cells(port: ListedPort): string[] {
  return [clean(port.path), portTitle(port), ...identifiers(port)];
}

function usersOf({ users }: SeenPort): string[] {
  return users === undefined ? [] : [`in use by ${users.map(userTitle).join(", ")}`];
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
