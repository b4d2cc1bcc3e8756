/** The world as Node has it; the process itself comes in from `main.ts`. @module */
import { arch, platform, release } from "node:os";
import { systemClock } from "./system-clock.js";
import { clean } from "./view/text.js";
import type { Prompts, World } from "./world.js";

/** The parts of `process` that are used. */
export interface ProcessLike {
  readonly stdin: { readonly isTTY?: boolean | undefined };
  readonly stdout: World["stdout"];
  readonly stderr: World["stderr"];
  readonly env: World["env"];
  readonly version: string;
  on(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
  off(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
}

/** Rate at which a port is opened; connecting sets its own. */
const OPEN_BAUD_RATE = 115_200;

/**
 * The real world. Serial ports and prompts are loaded when they are needed.
 * @param version of this program
 */
export function nodeWorld(process: ProcessLike, version: string): World {
  const isInteractive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    clock: systemClock,
    system: `flashwright ${version}, Node ${process.version}, ${platform()} ${release()} ${arch()}`,
    prompts: isInteractive ? terminalPrompts : undefined,
    async listPorts() {
      const { listPorts } = await import("@flashwright/node-transport");
      return listPorts();
    },
    async openTransport(address) {
      const { openTransport } = await import("@flashwright/node-transport");
      return openTransport(address, { baudRate: OPEN_BAUD_RATE });
    },
    onInterrupt(listener) {
      process.on("SIGINT", listener);
      process.on("SIGTERM", listener);
      return () => {
        process.off("SIGINT", listener);
        process.off("SIGTERM", listener);
      };
    },
  };
}

const terminalPrompts: Prompts = {
  async choose(question, choices) {
    const { isCancel, select } = await import("@clack/prompts");
    const options = choices.map(({ value, label }) => ({ value, label }));
    const answer = await select({ message: clean(question), options });
    return isCancel(answer) ? undefined : answer;
  },
  async type(question) {
    const { isCancel, text } = await import("@clack/prompts");
    const answer = await text({ message: clean(question) });
    return isCancel(answer) ? undefined : answer;
  },
};
