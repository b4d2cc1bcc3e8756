/** What of the sources is loaded into the page's own thread: nothing that works on a whole image. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../support/packages.js";
import { builtPage } from "./support/built-page.js";

/** Vite's account of a build: chunks by the module that they begin with. */
type Manifest = Record<
  string,
  {
    readonly file: string;
    readonly imports?: readonly string[];
    readonly dynamicImports?: readonly string[];
  }
>;

/** Errors and their texts, and the way of a port's bytes, of which a few kilobytes are there at a time. */
const LIGHT = /^packages\/(core\/src\/(messages\/|port\/|errors\.ts$)|web-transport\/src\/)/;
/** The page itself; not its engine but for what holds ports there, and not what turns what the engine found into words. */
const OWN =
  /^apps\/web\/(index\.html$|src\/(?!engine\/(?!(engine|serial-places|tab-lock)\.ts$)|worker\.ts$|report\/(?!hints\.ts$)))/;
/** Foreign: what draws, and what checks a message of the agent. */
const FOREIGN = /^node_modules\/(solid-js|@xterm|valibot)\//;

let folder: string;
beforeAll(async () => {
  folder = await builtPage();
}, 60_000);

/** Every module that is in one of the files, from the root of the workspace; of foreign ones the path in their package. */
function modulesIn(files: readonly string[]): string[] {
  const modules = files.flatMap((file) =>
    sourcesOf(file).map((source) =>
      relative(root, resolve(folder, dirname(file), source))
        .split(sep)
        .join("/"),
    ),
  );
  return [...new Set(modules)].map((name) => name.replace(/^.*node_modules\//, "node_modules/")).sort();
}

/** As the source map says; a file that only hands on what others export has none. */
function sourcesOf(file: string): readonly string[] {
  const map = join(folder, `${file}.map`);
  if (existsSync(map)) return JSON.parse(readFileSync(map, "utf8")).sources;
  const text = readFileSync(join(folder, file), "utf8");
  expect(text.replace(/(import|export)\{?[^;]*;/g, "").trim()).toBe("");
  return [];
}

/** The scripts of the page, those that are loaded later too; a worker is no import of them. */
function pageFiles(): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, ".vite/manifest.json"), "utf8")) as Manifest;
  const reached = new Set<string>();
  const follow = (name: string) => {
    if (reached.has(name)) return;
    reached.add(name);
    const { imports = [], dynamicImports = [] } = manifest[name]!;
    for (const next of [...imports, ...dynamicImports]) follow(next);
  };
  follow("index.html");
  return [...reached].map((name) => manifest[name]!.file).filter((file) => file.endsWith(".js"));
}

describe("what the page's own thread loads, at first and later", () => {
  it("is the page, errors and ports, and nothing that decodes, packs, hashes, plans or plays a chip", () => {
    const modules = modulesIn(pageFiles());
    expect(modules).toContain("apps/web/src/app.tsx");
    expect(modules).toContain("packages/core/src/errors.ts");
    const heavy = modules.filter((name) => ![LIGHT, OWN, FOREIGN].some((kind) => kind.test(name)));
    expect(heavy).toEqual([]);
  });
});
