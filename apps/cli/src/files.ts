/** Files, with errors that name them. @module */
import { mkdir, open, readdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, parse } from "node:path";
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
  return new Uint8Array(await reading(path, () => readFile(path)));
}

/** One entry of a folder. */
export interface FolderEntry {
  readonly name: string;
  /** Links and devices are neither. */
  readonly kind: "file" | "folder" | "other";
}

/** What is in a folder, by name. @throws FlasherError `file-missing`, `file-unreadable` */
export async function listFolder(path: string): Promise<FolderEntry[]> {
  const entries = await reading(path, () => readdir(path, { withFileTypes: true }));
  return entries
    .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): FolderEntry["kind"] {
  return entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other";
}

/**
 * Makes a folder, and those above it, where they are not there.
 * @param mode of those that are made; by default what the system gives
 * @throws FlasherError `file-unwritable`
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  const options = { recursive: true, ...(mode === undefined ? {} : { mode }) };
  await writing(path, async () => void (await mkdir(path, options)));
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
export function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  return writing(path, () => replaceFile(path, bytes, undefined));
}

/** `writeBytes` for what nobody but its owner is to read, also where a file was there that everybody could. */
export function writeSecret(path: string, bytes: Uint8Array): Promise<void> {
  return writing(path, () => replaceFile(path, bytes, 0o600));
}

async function replaceFile(path: string, bytes: Uint8Array, mode: number | undefined): Promise<void> {
  const old = await stat(path).catch(() => undefined);
  if (old !== undefined && !old.isFile()) return writeFile(path, bytes);
  const place = old === undefined ? path : await realpath(path);
  const beside = `${place}.part`;
  try {
    // One that an earlier run left behind keeps the mode that it has.
    if (mode !== undefined) await rm(beside, { force: true });
    await writeFile(beside, bytes, { flush: true, ...(mode === undefined ? {} : { mode }) });
    await rename(beside, place);
  } finally {
    await rm(beside, { force: true });
  }
}

/** The path, or with a number before its extension where there is a file of that name already. */
export async function freePath(path: string): Promise<string> {
  const { dir, name, ext } = parse(path);
  for (let number = 1; ; number++) {
    const free = number === 1 ? path : join(dir, `${name}-${number}${ext}`);
    if ((await stat(free).catch(() => undefined)) === undefined) return free;
  }
}

async function reading<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") throw new FlasherError("file-missing", { name: path });
    throw new FlasherError("file-unreadable", { name: path, detail: wordsOf(cause) });
  }
}

/** Does work on a file that cannot wait. @throws FlasherError `file-unwritable` */
export function writingNow<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

async function writing(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

function unwritable(path: string, cause: unknown): FlasherError {
  return new FlasherError("file-unwritable", { name: path, detail: wordsOf(cause) });
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "";
}

function wordsOf(error: unknown): string {
  return WORDS[codeOf(error)] ?? (error as Error).message;
}
