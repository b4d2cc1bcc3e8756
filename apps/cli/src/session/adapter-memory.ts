/**
 * What worked the last time through an adapter, in a small file of the data folder.
 *
 * It only says what to try first: a file that is gone, damaged or wrong costs time and nothing else.
 *
 * @module
 */
import { join } from "node:path";
import { isFlasherError } from "@flashwright/core";
import * as v from "valibot";
import { makeFolder, readBytes, writeSecret } from "../files.js";
import type { UsbPort } from "../ports/adapter.js";
import type { World } from "../world.js";

/** Adapters beyond this many are forgotten, the oldest first. */
const MAX_ADAPTERS = 100;
/** A rate that was lowered for a bad cable is not for ever. */
const KEPT_MS = 30 * 24 * 3600 * 1000;

const entrySchema = v.object({
  /** Name of a reset strategy. */
  reset: v.pipe(v.string(), v.maxLength(40)),
  /** bit/s */
  baudRate: v.pipe(v.number(), v.integer(), v.minValue(300)),
  date: v.pipe(v.string(), v.isoTimestamp()),
});
const fileSchema = v.object({
  format: v.literal("flashwright/adapters"),
  version: v.literal(1),
  adapters: v.record(v.string(), entrySchema),
});

/** What is remembered of an adapter. */
export type AdapterMemory = Pick<v.InferOutput<typeof entrySchema>, "reset" | "baudRate">;
type Adapters = v.InferOutput<typeof fileSchema>["adapters"];

/** What worked through this adapter, where that is not too long ago. */
export async function recallAdapter(world: World, port: UsbPort): Promise<AdapterMemory | undefined> {
  const entry = (await readAdapters(world))[keyOf(port)];
  if (entry === undefined || world.now().getTime() - Date.parse(entry.date) > KEPT_MS) return undefined;
  return { reset: entry.reset, baudRate: entry.baudRate };
}

/** Remembers what worked, where it is not remembered already. A folder that takes no file is no reason to fail. */
export async function rememberAdapter(world: World, port: UsbPort, memory: AdapterMemory): Promise<void> {
  const known = await recallAdapter(world, port);
  if (known?.reset === memory.reset && known.baudRate === memory.baudRate) return;
  const adapters = {
    ...(await readAdapters(world)),
    [keyOf(port)]: { ...memory, date: world.now().toISOString() },
  };
  const newest = Object.entries(adapters)
    .sort(([, a], [, b]) => (a.date < b.date ? 1 : -1))
    .slice(0, MAX_ADAPTERS);
  const content = { format: "flashwright/adapters", version: 1, adapters: Object.fromEntries(newest) };
  try {
    await makeFolder(world.dataFolder, 0o700);
    await writeSecret(fileOf(world), new TextEncoder().encode(`${JSON.stringify(content, undefined, 2)}\n`));
  } catch (error) {
    if (!isFlasherError(error, "file-unwritable")) throw error;
  }
}

async function readAdapters(world: World): Promise<Adapters> {
  try {
    const text = new TextDecoder().decode(await readBytes(fileOf(world)));
    return v.parse(fileSchema, JSON.parse(text)).adapters;
  } catch (error) {
    const expected = isFlasherError(error) || error instanceof SyntaxError || v.isValiError(error);
    if (!expected) throw error;
    return {};
  }
}

function fileOf({ dataFolder }: World): string {
  return join(dataFolder, "adapters.json");
}

/** Two adapters of one type differ by their serial number, where they have one. */
function keyOf({ vendorId, productId, serialNumber = "" }: UsbPort): string {
  return `${vendorId}:${productId}:${serialNumber}`;
}
