/** The world as Node has it; the process itself comes in from `main.ts`. @module */
import { arch, platform, release, userInfo } from "node:os";
import envPaths from "env-paths";
import { isAgentAddress } from "./agent/agent-address.js";
import { type KeySource, openKeyboard } from "./node-keyboard.js";
import { OPEN_BAUD_RATE } from "./ports/open-port.js";
import { systemClock } from "./system-clock.js";
import { clean } from "./view/text.js";
import type { Prompts, World } from "./world.js";

/** Ctrl-C, a polite end from outside, and the terminal's window being closed. */
const END_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
type EndSignal = (typeof END_SIGNALS)[number];

/** The parts of `process` that are used. */
export interface ProcessLike {
  readonly stdin: AsyncIterable<Uint8Array | string> & KeySource;
  readonly stdout: World["stdout"];
  readonly stderr: World["stderr"];
  readonly env: World["env"];
  readonly version: string;
  cwd(): string;
  on(signal: EndSignal, listener: () => void): unknown;
  off(signal: EndSignal, listener: () => void): unknown;
}

/**
 * The real world. Serial ports and prompts are loaded when they are needed.
 * @param version of this program
 */
export function nodeWorld(process: ProcessLike, version: string): World {
  const listeners = new Set<() => void>();
  const interrupt = () => {
    for (const listener of listeners) listener();
  };
  const dataFolder = process.env.FLASHWRIGHT_DATA ?? envPaths("flashwright", { suffix: "" }).data;
  const isInteractive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    clock: systemClock,
    system: `flashwright ${version}, Node ${process.version}, ${platform()} ${release()} ${arch()}`,
    platform: platform(),
    prompts: isInteractive ? terminalPrompts(interrupt) : undefined,
    dataFolder,
    currentFolder: process.cwd(),
    isRoot: userInfo().uid === 0,
    now: () => new Date(),
    async readStdin() {
      const chunks: Uint8Array[] = [];
      for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
      return new Uint8Array(Buffer.concat(chunks));
    },
    openKeyboard: () => openKeyboard(process.stdin),
    async listPorts() {
      const { listPorts } = await import("@flashwright/node-transport");
      return listPorts();
    },
    async portUsers(paths) {
      const { findPortUsers } = await import("@flashwright/node-transport");
      return findPortUsers(paths);
    },
    async openTransport(address, onOverrun) {
      if (isAgentAddress(address)) {
        const { openAgentAddress } = await import("./agent/open-agent-address.js");
        return openAgentAddress(address, { env: process.env, dataFolder, onOverrun });
      }
      const { openTransport } = await import("@flashwright/node-transport");
      return openTransport(address, { baudRate: OPEN_BAUD_RATE });
    },
    async openLink(address) {
      const { openBrowser } = await import("./agent/open-browser.js");
      await openBrowser(address, platform(), process.env);
    },
    onInterrupt(listener) {
      listeners.add(listener);
      for (const signal of END_SIGNALS) process.on(signal, listener);
      return () => {
        listeners.delete(listener);
        for (const signal of END_SIGNALS) process.off(signal, listener);
      };
    },
  };
}

/** @param interrupt what Ctrl-C means: at a prompt the terminal sends it as a key and not as a signal */
function terminalPrompts(interrupt: () => void): Prompts {
  const given = (answer: string | symbol): string | undefined => {
    if (typeof answer === "string") return answer;
    interrupt();
    return undefined;
  };
  return {
    async choose(question, choices) {
      const { select } = await import("@clack/prompts");
      const options = choices.map(({ value, label }) => ({ value, label }));
      return given(await select({ message: clean(question), options }));
    },
    async type(question) {
      const { text } = await import("@clack/prompts");
      return given(await text({ message: clean(question) }));
    },
  };
}
