/**
 * `node scripts/pack.mjs <folder>`: builds and packs every package that is published, and prints the
 * tarballs' paths, one on each line.
 *
 * pnpm packs them, and not npm: only pnpm replaces `workspace:*` by the version that is packed beside it. The tarballs
 * are then installed and published by any client: `npm publish <tarball>`.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { bootstrapOrExit } from "./bootstrap.mjs";
import { root, toolEnvironment } from "./support/workspace.mjs";

/** The folders of the published packages, each after those that it depends on. */
const PACKAGES = [
  "packages/core",
  "packages/node-transport",
  "packages/virtual-device",
  "packages/web-transport",
  "apps/web",
  "apps/agent",
  "apps/cli",
];

const destination = process.argv[2];
if (destination === undefined) {
  console.error("Usage: node scripts/pack.mjs <folder>");
  process.exit(2);
}
await bootstrapOrExit();
const folder = resolve(destination);
mkdirSync(folder, { recursive: true });
for (const path of PACKAGES) process.stdout.write(`${await pack(path)}\n`);

/** Packs one package; resolves the tarball's path. */
async function pack(path) {
  const pnpm = join(root, "node_modules/pnpm/bin/pnpm.cjs");
  const args = [pnpm, "pack", "--json", "--pack-destination", folder];
  const env = toolEnvironment();
  delete env.npm_config_loglevel;
  const child = spawn(process.execPath, args, {
    cwd: join(root, path),
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const code = await new Promise((done, failed) => child.once("error", failed).once("close", done));
  if (code !== 0) throw new Error(`${path} could not be packed:\n${output}`);
  return resolve(folder, JSON.parse(output).filename);
}
