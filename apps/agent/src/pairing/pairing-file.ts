/** Pairings on the disk: all that an agent keeps. @module */
import { join } from "node:path";
import { FlasherError } from "@flashwright/core";
import { agentLimits } from "@flashwright/web-transport/agent-protocol";
import * as v from "valibot";
import { readPrivate, writePrivate } from "../private-file.js";

const text = v.pipe(v.string(), v.maxLength(500));

const pairing = v.object({
  id: text,
  origin: text,
  /** What both sides know and never send. */
  secret: text,
  createdAt: v.number(),
  expiresAt: v.number(),
});
export type Pairing = Readonly<v.InferOutput<typeof pairing>>;

const file = v.object({
  format: v.literal("flashwright/pairings"),
  version: v.literal(1),
  pairings: v.pipe(v.array(pairing), v.maxLength(agentLimits.pairings)),
});

export function pairingFile(folder: string): string {
  return join(folder, "pairings.json");
}

/**
 * Reads all pairings.
 * @throws FlasherError `file-unreadable`, `agent-pairings-damaged`
 */
export async function readPairings(folder: string): Promise<Pairing[]> {
  const path = pairingFile(folder);
  const found = await readPrivate(path);
  if (found === undefined) return [];
  try {
    return v.parse(file, JSON.parse(found)).pairings;
  } catch (cause) {
    throw new FlasherError("agent-pairings-damaged", { name: path }, { cause });
  }
}

/** Writes all pairings. @throws FlasherError `file-unwritable` */
export async function writePairings(folder: string, pairings: readonly Pairing[]): Promise<void> {
  const content = { format: "flashwright/pairings", version: 1, pairings };
  await writePrivate(pairingFile(folder), `${JSON.stringify(content, undefined, 2)}\n`);
}
