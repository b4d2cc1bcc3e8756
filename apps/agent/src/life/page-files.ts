/** The files of the page, as they were built. @module */
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { PageFile, PageFiles } from "../routes/parts.js";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=UTF-8",
  ".js": "text/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=UTF-8",
  ".md": "text/plain; charset=UTF-8",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};

/** Of a file that the page does not show. */
const UNSHOWN = "application/octet-stream";

/** Reads every file of a folder, once; "index.html" is "/". */
export async function readPageFiles(folder: URL): Promise<PageFiles> {
  const root = fileURLToPath(folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map((file) => readPageFile(root, file))));
}

async function readPageFile(root: string, file: string): Promise<readonly [string, PageFile]> {
  const path = relative(root, file).split(sep).join("/");
  const type = TYPES[extname(path)] ?? UNSHOWN;
  const content = new Uint8Array(await readFile(file));
  return [path === "index.html" ? "/" : `/${path}`, { type, content }];
}
