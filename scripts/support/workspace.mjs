/** Where the workspace is and how its tools are started: by Node, never through a shell, on every platform. @module */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the workspace. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The parsed package.json of the root. */
export const rootManifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** The JavaScript file that starts each tool; `node_modules/.bin` holds shell scripts that Windows cannot spawn. */
const tools = {
  biome: "node_modules/@biomejs/biome/bin/biome",
  tsc: "node_modules/typescript/bin/tsc",
  turbo: "node_modules/turbo/bin/turbo",
  vitest: "node_modules/vitest/vitest.mjs",
};

/**
 * Runs a tool of the workspace in its root with this process's terminal.
 * @param {keyof typeof tools} name
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env] added to this process's environment
 * @returns {Promise<number>} its exit code; 1 when a signal ended it
 */
export function runTool(name, args, env = {}) {
  return runNode(join(root, tools[name]), args, env);
}

/** Runs a tool and keeps what it says, for the case that it fails; resolves its exit code and its output. */
export function runToolQuietly(name, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, tools[name]), ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: toolEnvironment(),
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a JavaScript file with this Node, in the root, with this process's terminal; resolves its exit code. */
export function runNode(file, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], {
      cwd: root,
      stdio: "inherit",
      env: toolEnvironment(env),
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** The environment of every tool: turbo looks for the pinned pnpm on PATH, and nothing of ours reports home. */
export function toolEnvironment(extra = {}) {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", ...extra };
  // Windows spells it "Path"; two spellings in one environment would leave the choice to chance.
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  env[pathName] = [join(root, "node_modules", ".bin"), env[pathName]].filter(Boolean).join(delimiter);
  return env;
}

/**
 * npm's own JavaScript file.
 * @throws Error when there is none beside this Node
 */
export function npmCli() {
  const fromNpm = process.env.npm_execpath;
  if (fromNpm?.endsWith("npm-cli.js") && existsSync(fromNpm)) return fromNpm;
  const nodeFolder = dirname(realpathSync(process.execPath));
  const besideNode = [
    join(nodeFolder, "node_modules/npm/bin/npm-cli.js"),
    join(nodeFolder, "../lib/node_modules/npm/bin/npm-cli.js"),
  ];
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "npm"));
  for (const candidate of [...besideNode, ...onPath]) {
    if (!existsSync(candidate)) continue;
    const file = realpathSync(candidate);
    if (file.endsWith("npm-cli.js")) return file;
  }
  throw new Error("npm was not found beside this Node. Install Node from nodejs.org, which brings npm.");
}

/** Whether the module at `moduleUrl` is the program that was started, not an import of another. */
export function isProgram(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(moduleUrl);
}
