/** The files of the page, as they were built. @module */
import { readFile } from "node:fs/promises";
import type { PageFiles } from "../routes/parts.js";

const FILES = [
  ["/", "index.html", "text/html; charset=UTF-8"],
  ["/page.css", "page.css", "text/css; charset=UTF-8"],
  ["/icon.svg", "icon.svg", "image/svg+xml"],
  ["/page.js", "page.js", "text/javascript; charset=UTF-8"],
] as const;

/** Reads them from a folder, once. @param folder with a slash at its end */
export async function readPageFiles(folder: URL): Promise<PageFiles> {
  const read = FILES.map(async ([path, name, type]) => {
    return [path, { type, content: await readFile(new URL(name, folder), "utf8") }] as const;
  });
  return new Map(await Promise.all(read));
}
