/**
 * From a bare clone to built packages, with nothing but Node and npm: installs the dependencies with the pinned pnpm
 * when the lockfile changed since the last time, then builds what changed.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  isProgram,
  npmCli,
  root,
  rootManifest,
  runTool,
  runToolQuietly,
  toolEnvironment,
} from "./support/workspace.mjs";

const stampFile = join(root, "node_modules", ".flashwright-install");

/** Installs if needed. @throws BootstrapError with words for a person */
export async function install() {
  refuseOldNode();
  const stamp = installStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  await runPnpmInstall();
  writeFileSync(stampFile, stamp);
}

const BUILD = ["run", "build", "--output-logs=errors-only", "--ui=stream"];
/** A build that takes longer than this, in milliseconds, is announced; one that finds nothing to do is not. */
const ANNOUNCE_MS = 700;

/** Builds every package that changed; `install` first. Resolves turbo's exit code. */
export function build(args = []) {
  return runTool("turbo", [...BUILD, ...args]);
}

/**
 * Installs and builds, or ends the program with a message: for scripts that can do nothing without. Nothing of it goes
 * to stdout, which belongs to the script.
 */
export async function bootstrapOrExit() {
  await installOrExit();
  const announcement = setTimeout(() => console.error("Building the packages ..."), ANNOUNCE_MS);
  const { code, output } = await runToolQuietly("turbo", BUILD);
  clearTimeout(announcement);
  if (code === 0) return;
  process.stderr.write(output);
  process.exit(code);
}

/** Installs, or ends the program with a message. */
export async function installOrExit() {
  try {
    await install();
  } catch (error) {
    console.error(error instanceof BootstrapError ? error.message : error);
    process.exit(1);
  }
}

/** A failure whose message is all that a person needs. */
export class BootstrapError extends Error {}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new BootstrapError(
    `Node ${process.versions.node} is too old: this project needs Node 20.19 or newer (${rootManifest.engines.node}).`,
  );
}

/** What an installation depends on; the platform too, since a shared folder may be used from two of them. */
function installStamp() {
  const hash = createHash("sha256");
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc"])
    hash.update(readFileSync(join(root, file)));
  return `${hash.digest("hex")} ${process.platform} ${process.arch}\n`;
}

async function runPnpmInstall() {
  const pnpm = rootManifest.packageManager.split("+")[0];
  console.error(`Installing the dependencies with ${pnpm} ...`);
  const args = ["exec", "--yes", "--prefer-offline", "--loglevel=error", `--package=${pnpm}`, "--"];
  args.push("pnpm", "install", "--frozen-lockfile", "--prefer-offline", "--reporter=append-only");
  const { code, output } = await runNpm(args);
  if (code === 0) return;
  process.stderr.write(output);
  throw new BootstrapError(adviceFor(output));
}

function adviceFor(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output))
    return "The dependencies could not be downloaded: no connection to the package registry.\nConnect this computer (or set npm's proxy) and run the command again; later runs need no network.";
  if (/ERR_PNPM_OUTDATED_LOCKFILE/.test(output))
    return "pnpm-lock.yaml does not fit the package.json files. Run `npx pnpm install` and commit the lockfile.";
  return "The dependencies could not be installed; the lines above say why.";
}

/** Runs npm, shows pnpm's progress lines, and keeps everything for the case that it fails. */
function runNpm(args) {
  const env = toolEnvironment({ CI: "true" });
  // `npm test --silent` would pass its level on, and a silent pnpm hides its reasons as well.
  delete env.npm_config_loglevel;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [npmCli(), ...args], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (chunk) => {
      output = (output + chunk).slice(-100_000);
      for (const line of String(chunk).split("\n")) if (/^Progress:/.test(line)) console.error(`  ${line}`);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

if (isProgram(import.meta.url)) await bootstrapOrExit();
