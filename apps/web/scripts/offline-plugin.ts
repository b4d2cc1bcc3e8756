/**
 * The service worker's list of files.
 *
 * Of our own, and not Workbox with vite-plugin-pwa: Workbox keeps all versions in one cache and removes the files of the old
 * one while pages of it are open, which then cannot load what they load when it is used. What is needed beside that is short.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import type { PrecacheList } from "../src/offline/messages.js";

const WORKER = "sw.js";
const START = "\nconst PRECACHE = ";
const source = fileURLToPath(new URL("../src/offline/service-worker.ts", import.meta.url));

/** Not needed to use the page: maps, the build's notes, fonts for browsers without service workers, the button for other pages. */
const LEFT_OUT = /^\.vite\/|\.map$|\.woff$|^sw\.js$|^button\/|^flashwright-button\.js$/;

/** Emits `sw.js`, which knows every file of the build and its hash. */
export function offlineSite(): Plugin {
  return {
    name: "offline-site",
    apply: "build",
    buildStart() {
      this.emitFile({ type: "chunk", id: source, fileName: WORKER });
    },
    writeBundle: {
      order: "post",
      sequential: true,
      handler({ dir }) {
        writePrecache(dir!);
      },
    },
  };
}

/** Appends the list to the worker of a build, in place of one that is there. */
export function writePrecache(folder: string): void {
  const path = join(folder, WORKER);
  const [worker] = readFileSync(path, "utf8").split(START);
  writeFileSync(path, `${worker}${START}${JSON.stringify(precacheList(folder))};\n`);
}

/** All files of a build. The page itself is asked for by its folder, since some hosts redirect from `index.html`. */
function precacheList(folder: string): PrecacheList {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .filter((path) => !LEFT_OUT.test(path))
    .sort();
  const files = paths.map((path): [string, string] => [
    path === "index.html" ? "./" : path,
    `sha256-${hash(readFileSync(join(folder, path)), "base64")}`,
  ]);
  return { version: hash(JSON.stringify(files), "hex").slice(0, 16), files };
}

function hash(data: Buffer | string, encoding: "hex" | "base64"): string {
  return createHash("sha256").update(data).digest(encoding);
}
