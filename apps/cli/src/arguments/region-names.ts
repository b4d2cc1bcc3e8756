/** Names of regions as they are typed. @module */
import { FlasherError } from "@flashwright/core";

/**
 * `wifi,storage` as a list; given several times, the lists are joined. For commander.
 * @throws FlasherError `usage`
 */
export function regionNames(text: string, before: readonly string[] = []): string[] {
  const names = text
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  if (names.length === 0)
    throw new FlasherError("usage", { detail: "A region needs a name.", command: "flashwright map" });
  return [...new Set([...before, ...names])];
}

/** Whether what was typed is an address: it begins with a digit, which no region's name does. */
export function isAddress(text: string): boolean {
  return /^\d/.test(text);
}
