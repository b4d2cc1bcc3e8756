import { cp, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "node20",
  dts: true,
  clean: true,
  sourcemap: true,
  splitting: true,
  onSuccess: takePage,
});

/** What the page asks for to know that an agent serves it. */
const MARK = '<meta name="flashwright-agent" content="own" />';

/**
 * Maps, notes of the build, the button, which is for pages of others, and what makes the page of a static host installable:
 * nothing of an agent's page is kept.
 */
const NOT_TAKEN = /\.map$|\.vite$|[\\/](?:flashwright-button\.js|sw\.js|manifest\.webmanifest|button|icons)$/;

/** The built page of `apps/web`, which is built before, with a mark that it is an agent's. */
async function takePage(): Promise<void> {
  const built = fileURLToPath(new URL("../web/dist", import.meta.url));
  await cp(built, "dist/page", {
    recursive: true,
    filter: (path) => !NOT_TAKEN.test(path),
  });
  const html = await readFile("dist/page/index.html", "utf8");
  const own = html
    .replace("</title>", `</title>\n    ${MARK}`)
    .replace(/\s*<link rel="(?:manifest|apple-touch-icon)"[^>]*>/g, "");
  await writeFile("dist/page/index.html", own);
}
