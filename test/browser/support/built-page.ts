/**
 * The page, built from the sources of today, once for as long as these stay the same: a build takes longer than most tests.
 *
 * @module
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import shared from "../../../vitest.shared.js";
import { root } from "../../support/packages.js";

/** All that a build reads; of the packages of others their versions. */
const INPUTS = [
  "apps/web",
  "packages/core",
  "packages/virtual-device",
  "packages/web-transport",
  "pnpm-lock.yaml",
  "tsconfig.base.json",
  "vitest.shared.ts",
];
/** What of them is made by a build or belongs to tests alone. */
const NO_INPUT = /^(node_modules|dist|\.turbo)$|\.(test|fixture)\.tsx?$/;
const cache = join(root, "node_modules/.cache/flashwright-page");
/** A build that nobody has wanted for a day is thrown away. */
const KEPT_MS = 24 * 3600 * 1000;

/** What Vite is told so that it builds and serves the page from the sources of all packages. */
export function pageConfig(folder: string) {
  return {
    root: join(root, "apps/web"),
    logLevel: "error",
    resolve: { alias: shared.resolve?.alias ?? [] },
    build: { outDir: folder, emptyOutDir: true },
  } as const;
}

/** The folder with the page's files, which nobody may change. */
export async function builtPage(): Promise<string> {
  const folder = join(cache, keyOf(INPUTS));
  if (!existsSync(folder)) await buildInto(folder);
  utimesSync(folder, new Date(), new Date());
  return folder;
}

/** Under another name until it is whole: somebody else may want it, or build it at the same time. */
async function buildInto(folder: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  throwOldAway();
  const unfinished = mkdtempSync(join(cache, "building-"));
  await build(pageConfig(unfinished));
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

function throwOldAway(): void {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    if (Date.now() - statSync(folder).mtimeMs > KEPT_MS) rmSync(folder, { recursive: true, force: true });
  }
}

/** The same for the same names and bytes. */
function keyOf(inputs: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap(filesIn)) {
    const bytes = readFileSync(join(root, file));
    hash.update(`${file}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex").slice(0, 16);
}

/** Paths from the root. */
function filesIn(path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .filter((name) => !NO_INPUT.test(name))
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`));
}
