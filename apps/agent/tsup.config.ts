import { copyFile } from "node:fs/promises";
import { build } from "esbuild";
import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "node20",
  dts: true,
  clean: true,
  sourcemap: true,
  splitting: true,
  onSuccess: buildPage,
});

/** The page with all that it needs in one file, for a browser that loads nothing from anywhere else. */
async function buildPage(): Promise<void> {
  await build({
    entryPoints: ["src/page/page.ts"],
    outdir: "dist/page",
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
  });
  const files = ["index.html", "page.css", "icon.svg"];
  await Promise.all(files.map((name) => copyFile(`src/page/${name}`, `dist/page/${name}`)));
}
