/** The everyday commands: `node scripts/run.mjs <command> [args]`; every one of them works in a bare clone. @module */
import { bootstrapOrExit, build, installOrExit } from "./bootstrap.mjs";
import { runNode, runTool } from "./support/workspace.mjs";

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

/** Runs the tests that need a real board; they rewrite its flash, so the port is always named by a person. */
async function hardwareCheck(args) {
  const port = args[0];
  if (port === undefined || port.startsWith("-")) {
    console.error(
      "Name the port of a board whose flash may be overwritten:\n  npm run hardware-check -- /dev/ttyUSB0",
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
