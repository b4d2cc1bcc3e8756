/** The program: the only file that touches the process. @module */
import { readFileSync } from "node:fs";
import { nodeWorld } from "./node-world.js";
import { runCli } from "./run-cli.js";

/** Exit code of a shell's child that a second Ctrl-C ended. */
const KILLED = 130;

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

// The first Ctrl-C stops in order, which frees the port; the second does not wait for that.
process.once("SIGINT", () => process.on("SIGINT", () => process.exit(KILLED)));
// A reader that has enough (`flashwright ... | head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await runCli(process.argv.slice(2), nodeWorld(process, version), version);
