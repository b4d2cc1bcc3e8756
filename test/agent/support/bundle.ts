/** Makes one JavaScript file of a program that has to run in a process of its own. @module */
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
/** Beside the programs' dependencies, so that Node finds them. */
const folder = join(root, "test/node_modules/.flashwright-agent");

const sources = {
  "@flashwright/core": "packages/core/src/index.ts",
  "@flashwright/core/port": "packages/core/src/port/index.ts",
  "@flashwright/node-transport": "packages/node-transport/src/index.ts",
  "@flashwright/virtual-device": "packages/virtual-device/src/index.ts",
  "@flashwright/agent": "apps/agent/src/index.ts",
  "@flashwright/web-transport/agent": "packages/web-transport/src/agent/index.ts",
  "@flashwright/web-transport/agent-protocol": "packages/web-transport/src/agent-protocol/index.ts",
};

/** The programs of this folder, ready to be started. */
export interface Programs {
  readonly agent: string;
  readonly client: string;
  remove(): void;
}

/** Bundles them with the sources of the packages. */
export async function bundlePrograms(): Promise<Programs> {
  const outDir = join(folder, String(process.pid));
  await build({
    config: false,
    silent: true,
    entry: { agent: join(here, "agent-process.ts"), client: join(here, "client-process.ts") },
    format: "esm",
    target: "node20",
    outDir,
    outExtension: () => ({ js: ".mjs" }),
    splitting: false,
    external: ["serialport", "ws"],
    noExternal: [/^(?!serialport$|ws$|node:)/],
    esbuildOptions(options) {
      options.alias = Object.fromEntries(
        Object.entries(sources).map(([name, path]) => [name, join(root, path)]),
      );
    },
  });
  return {
    agent: join(outDir, "agent.mjs"),
    client: join(outDir, "client.mjs"),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
