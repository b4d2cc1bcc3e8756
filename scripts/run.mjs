/** The everyday commands: `node scripts/run.mjs <command> [args]`; every one of them works in a bare clone. @module */
import { join } from "node:path";
import { bootstrapOrExit, build, installOrExit } from "./bootstrap.mjs";
import { root, runNode, runTool } from "./support/workspace.mjs";

const commands = {
  build: async (args) => {
    await installOrExit();
    return build(args);
  },
  typecheck: async (args) => {
    await installOrExit();
    return runTool("turbo", ["run", "typecheck", "--output-logs=errors-only", "--ui=stream", ...args]);
  },
  lint: async (args) => {
    await installOrExit();
    return runTool("biome", ["check", ...args]);
  },
  format: async (args) => {
    await installOrExit();
    return runTool("biome", ["check", "--write", ...args]);
  },
  bench: async (args) => {
    await bootstrapOrExit();
    return runNode("test/bench/main.mjs", args);
  },
  "hardware-check": hardwareCheck,
};

/**
 * With `--port`: the command's own check of a board, which reads only unless `--write` is given. With a bare port: the
 * tests that need a real board and rewrite its flash, so the port is always named by a person.
 */
async function hardwareCheck(args) {
  if (args.some((arg) => arg === "--port" || arg === "-p" || arg.startsWith("--port="))) {
    await bootstrapOrExit();
    return runNode(join(root, "apps/cli/bin/flashwright.js"), ["hardware-check", ...args]);
  }
  const port = args[0];
  if (port === undefined || port.startsWith("-")) {
    console.error(
      [
        "To check a board and change nothing (with --write: one scratch region, restored):",
        "  npm run hardware-check -- --port /dev/ttyUSB0",
        "To run the tests on a board whose flash may be overwritten:",
        "  npm run hardware-check -- /dev/ttyUSB0",
      ].join("\n"),
    );
    return 2;
  }
  await bootstrapOrExit();
  const env = { FLASHWRIGHT_HARDWARE_PORT: port };
  return runTool("vitest", ["run", "--project", "test", "hardware/", ...args.slice(1)], env);
}

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !Object.hasOwn(commands, name)) {
  console.error(`Usage: node scripts/run.mjs <${Object.keys(commands).join("|")}> [args]`);
  process.exit(2);
}
process.exitCode = await commands[name](args);
