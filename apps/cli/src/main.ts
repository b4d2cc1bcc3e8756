/** The program: the only file that touches the process. @module */
import { readFileSync } from "node:fs";
import { nodeWorld } from "./node-world.js";
import { runCli } from "./run-cli.js";

/** Exit code of a shell's child that a second Ctrl-C ended. */
const KILLED = 130;

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

// The first Ctrl-C stops in order, which frees the port; the second does not wait for that.
process.once("SIGINT", () => process.on("SIGINT", () => process.exit(KILLED)));
// A reader that has enough (`flashwright ... | head`) and a terminal that was closed are no failures; the board still has to be
// left in order.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
  });
}

process.exitCode = await runCli(process.argv.slice(2), nodeWorld(process, version), version);
