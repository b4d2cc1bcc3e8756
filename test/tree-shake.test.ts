/** What an importer does not use does not reach its bundle. @module */
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type OutputFile } from "esbuild";
import { expect, it } from "vitest";

/** The file behind an entry point: `core`, `core/maps`, `web-transport`. */
function entryFile(name: string): string {
  const [folder, ...path] = name.split("/");
  return fileURLToPath(
    new URL(["../packages", folder, "src", ...path, "index.ts"].join("/"), import.meta.url),
  );
}

/** What was bundled, minified. */
interface Bundle {
  /** Bytes of the entry alone. */
  readonly size: number;
  /** The entry alone. */
  readonly text: string;
  /** All that is loaded before it runs. */
  readonly loaded: string;
}

/** Bundles `source`, in which `from core/maps` stands for an entry point. */
async function bundle(source: string): Promise<Bundle> {
  const result = await build({
    stdin: {
      contents: source.replace(/(?<=from )(core|web-transport)[/a-z]*/g, (name) =>
        JSON.stringify(entryFile(name)),
      ),
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
    alias: { "@flashwright/core": entryFile("core"), "@flashwright/core/port": entryFile("core/port") },
  });
  const [entry] = result.outputFiles;
  const { contents, text } = entry;
  return { size: contents.length, text, loaded: loadedWith(entry, result.outputFiles) };
}

/** What a browser loads with a file before it runs: the file and the pieces that it imports, without those that it loads later. */
function loadedWith(entry: OutputFile, files: readonly OutputFile[]): string {
  const pieces = files.filter(
    (file) => file !== entry && entry.text.includes(`from"./${basename(file.path)}"`),
  );
  return [entry.text, ...pieces.map((piece) => loadedWith(piece, files))].join("\n");
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

/** Texts that stand in one part of the core only. */
const DEFLATE = /incorrect header check|invalid block type/;
const PROTOCOL = /no byte accepted|FLASH_DEFL_BEGIN/;
const LAYOUTS = "eagle.flash";
const SIGNATURES = /G\\?\.Williams/;

it("these texts tell that a part is there", async () => {
  expect((await bundle("export { openPackage } from core/packages")).text).toMatch(DEFLATE);
  expect((await bundle("export { connect, esp8266 } from core")).text).toMatch(PROTOCOL);
  expect((await bundle("export { layoutFor } from core/maps")).text).toContain(LAYOUTS);
});

it("layouts and drawings bring no archive, no protocol and no way to recognise firmware", async () => {
  const { size, text } = await bundle("export { layoutFor, judgeMap, renderMap } from core/maps");
  expect(text).not.toMatch(DEFLATE);
  expect(text).not.toMatch(PROTOCOL);
  expect(text).not.toMatch(SIGNATURES);
  expect(size).toBeLessThan(200_000);
});

it("the version of an Espruino brings no layout", async () => {
  const { size } = await bundle("export { compareEspruinoVersions } from core/maps");
  expect(size).toBeLessThan(1000);
});

it("telling a firmware by its texts brings no archive and no layout", async () => {
  const { text } = await bundle("export { identifyImage } from core/packages");
  expect(text).toMatch(SIGNATURES);
  expect(text).not.toMatch(DEFLATE);
  expect(text).not.toContain(LAYOUTS);
});

it("the doctor brings neither archives nor the stub", async () => {
  const { text } = await bundle(
    "export { diagnose, diagnoseText, dumpSource, surveyFlash } from core/diagnose",
  );
  expect(text).not.toMatch(DEFLATE);
  expect(text).not.toContain("qBAAQAH");
});

it("reading what regions hold brings no zip", async () => {
  const { size, text } = await bundle("export { readStorage, readWifiSector } from core/backup");
  expect(text).not.toMatch(DEFLATE);
  expect(size).toBeLessThan(5000);
});

it("a transport over Web Serial brings the words of errors, and neither the protocol nor a codec", async () => {
  const { text: own, loaded } = await bundle("export * from web-transport");
  for (const part of [DEFLATE, PROTOCOL, SIGNATURES]) expect(loaded).not.toMatch(part);
  expect(loaded).not.toContain(LAYOUTS);
  expect(gzipSync(own).length).toBeLessThan(5000);
  // Most of it is the catalogue of all messages, which every program that uses the core has once.
  expect(gzipSync(loaded).length).toBeLessThan(34_000);
});

it("the client of an agent adds little to the core that a page has anyway", async () => {
  const page = "export { connect, esp8266, planFlash, runPlan } from core;";
  const client = "export { connectAgent, openAgentPort } from web-transport/agent;";
  const [alone, both] = [await bundle(page), await bundle(page + client)];
  expect(gzipSync(both.loaded).length - gzipSync(alone.loaded).length).toBeLessThan(8000);
});
