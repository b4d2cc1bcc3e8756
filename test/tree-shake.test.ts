/** What an importer does not use does not reach its bundle. @module */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";

const core = fileURLToPath(new URL("../packages/core/src/index.ts", import.meta.url));

/** Size of a bundle of `source`, minified, and whether it holds a text. */
async function bundle(source: string): Promise<{ size: number; text: string }> {
  const result = await build({
    stdin: {
      contents: source.replace("core", JSON.stringify(core)),
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    splitting: true,
    outdir: "out",
    write: false,
  });
  const [entry] = result.outputFiles;
  return { size: entry.contents.length, text: entry.text };
}

it("the SLIP decoder alone brings no words, no codec and no stub", async () => {
  const { size, text } = await bundle("export { SlipDecoder } from core");
  expect(size).toBeLessThan(3000);
  expect(text).not.toContain("Hold FLASH");
});

it("reading images brings neither the protocol nor deflate", async () => {
  const { text } = await bundle("export { inspectEspImage } from core");
  expect(text).not.toMatch(/incorrect header check|no byte accepted/);
});

it("the stub is a piece of its own, loaded when it is needed", async () => {
  const { text } = await bundle("export { connect, esp8266 } from core");
  expect(text).toMatch(/import\("\.\/[^"]*"\)/);
  expect(text).not.toContain("qBAAQAH");
});
