/** Small files that nobody but their owner reads. @module */
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { FlasherError } from "@flashwright/core";
import { makeSecret } from "./security/secrets.js";

/** Only the owner: reads and writes. */
export const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

/** The text of a file; `undefined` where there is none. @throws FlasherError `file-unreadable` */
export async function readPrivate(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new FlasherError("file-unreadable", { name: path, detail: (error as Error).message });
  }
}

/** Replaces a file as a whole: a failure leaves the old one. @throws FlasherError `file-unwritable` */
export async function writePrivate(path: string, text: string): Promise<void> {
  const beside = `${path}.${makeSecret()}`;
  try {
    await makePrivateFolder(dirname(path));
    const file = await open(beside, "wx", OWNER_ONLY);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    throw new FlasherError("file-unwritable", { name: path, detail: (error as Error).message });
  } finally {
    await rm(beside, { force: true });
  }
}

/** Makes a folder, and those above it, where they are not there. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: OWNER_ONLY_FOLDER });
}

export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
