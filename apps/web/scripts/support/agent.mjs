/** An agent with boards that do not exist, for pictures of its page. @module */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../../cli/bin/flashwright.js", import.meta.url));

/** Starts one that lends two virtual boards and, on a pseudo terminal, one that nothing resets. */
export async function startAgent() {
  const folder = mkdtempSync(join(tmpdir(), "flashwright-pictures-"));
  const env = { ...process.env, FLASHWRIGHT_DATA: folder };
  const port = join(folder, "ttyUSB0");
  const board = await start(["virtual", "--json", "--pty", port, "--wiring", "none"], env, /"type":/);
  const agent = await start(
    ["agent", "--json", "--listen-port", "0", "--virtual", "esp-12f", "--virtual", "esp-01", "--port", port],
    env,
    /"link":"/,
  );
  return {
    /** A new link; each is good once. */
    async link() {
      const { output } = await start(["agent", "link", "--json"], env, /"link":"[^"]+"/);
      return /"link":"([^"]+)"/.exec(output)[1];
    },
    end: () => agent.end(),
    async close() {
      await agent.end();
      await board.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs the command until its output says that it is ready. */
async function start(args, env, ready) {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const output = await new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (ready.test(text)) resolve(text);
    });
    child.once("close", () => reject(new Error(`${args.join(" ")} ended: ${text}`)));
  });
  return {
    output,
    async end() {
      child.kill();
      await ended;
    },
  };
}
