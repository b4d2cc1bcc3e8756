/** Files, with errors that name them. @module */
import { open, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { FlasherError } from "@flashwright/core";

const WORDS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is no folder",
  ENOENT: "the folder does not exist",
  ENOSPC: "the disk is full",
  EROFS: "the disk is read-only",
};

/** A whole file. @throws FlasherError `file-missing`, `file-unreadable` */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") throw new FlasherError("file-missing", { name: path });
    throw new FlasherError("file-unreadable", { name: path, detail: wordsOf(cause) });
  }
}

/**
 * Makes sure that a file can be written, before work is done for it. An existing one keeps what it holds, a missing one is
 * not left behind.
 * @throws FlasherError `file-unwritable`
 */
export async function checkWritable(path: string): Promise<void> {
  await writing(path, async () => {
    const isNew = (await stat(path).catch(() => undefined)) === undefined;
    await (await open(path, "a")).close();
    if (isNew) await rm(path, { force: true });
  });
}

/**
 * Writes a whole file beside its place and moves it there once it is on the disk, so that a failure leaves the old one. A
 * link stays a link. What is no regular file (`/dev/stdout`, a pipe) is written straight.
 * @throws FlasherError `file-unwritable`
 */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  await writing(path, async () => {
    const old = await stat(path).catch(() => undefined);
    if (old !== undefined && !old.isFile()) return writeFile(path, bytes);
    const place = old === undefined ? path : await realpath(path);
    const beside = `${place}.part`;
    try {
      await writeFile(beside, bytes, { flush: true });
      await rename(beside, place);
    } finally {
      await rm(beside, { force: true });
    }
  });
}

async function writing(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new FlasherError("file-unwritable", { name: path, detail: wordsOf(cause) });
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "";
}

function wordsOf(error: unknown): string {
  return WORDS[codeOf(error)] ?? (error as Error).message;
}
