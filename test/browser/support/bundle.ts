/** The scripts of test pages, bundled with the sources of the packages. @module */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const scripts = fileURLToPath(new URL("../scripts", import.meta.url));

/** Entries of the packages by the name they are imported under. */
const sources = {
  "@flashwright/core": "packages/core/src/index.ts",
  "@flashwright/core/port": "packages/core/src/port/index.ts",
  "@flashwright/web-transport": "packages/web-transport/src/index.ts",
};

/** Bundles scripts of the folder `scripts`; gives every file that came of it, by its path at the server. */
export async function bundleScripts(...names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: names.map((name) => join(scripts, `${name}.ts`)),
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    splitting: true,
    outdir: "/",
    write: false,
    alias: Object.fromEntries(Object.entries(sources).map(([name, path]) => [name, join(root, path)])),
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}
