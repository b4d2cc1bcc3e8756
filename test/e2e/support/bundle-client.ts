/** Makes one JavaScript file of a client that has to run in a process of its own. @module */
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";

const root = fileURLToPath(new URL("../../..", import.meta.url));
/** Beside the client's dependencies, so that Node finds the native one among them. */
const folder = join(root, "test/node_modules/.flashwright-client");

/** Bundles `pty-client.ts` with the sources of the packages; gives its path and a way to remove it. */
export async function bundlePtyClient(): Promise<{ readonly path: string; remove(): void }> {
  const outDir = join(folder, String(process.pid));
  await build({
    config: false,
    silent: true,
    entry: { client: join(dirname(fileURLToPath(import.meta.url)), "pty-client.ts") },
    format: "esm",
    target: "node20",
    outDir,
    outExtension: () => ({ js: ".mjs" }),
    splitting: false,
    external: ["serialport"],
    noExternal: [/^(?!serialport$|node:)/],
    esbuildOptions(options) {
      options.alias = {
        "@flashwright/core/port": join(root, "packages/core/src/port/index.ts"),
        "@flashwright/core": join(root, "packages/core/src/index.ts"),
        "@flashwright/node-transport": join(root, "packages/node-transport/src/index.ts"),
      };
    },
  });
  return { path: join(outDir, "client.mjs"), remove: () => rmSync(outDir, { recursive: true, force: true }) };
}
