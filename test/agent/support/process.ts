/** A child process that says one JSON object a line. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A started program. */
export class Program {
  readonly #child: ChildProcess;
  readonly #lines: Record<string, unknown>[] = [];
  #wake = () => {};

  constructor(...command: readonly string[]) {
    this.#child = spawn(process.execPath, command, { stdio: ["pipe", "pipe", "inherit"] });
    createInterface(this.#child.stdout!).on("line", (line) => {
      this.#lines.push(JSON.parse(line));
      this.#wake();
    });
    this.#child.once("exit", () => this.#wake());
  }

  /** The next line that says something of `key`, and the value; lines before it are dropped. */
  async says(key: string): Promise<unknown> {
    for (;;) {
      const line = this.#lines.shift();
      if (line !== undefined && key in line) return line[key];
      if (line !== undefined) continue;
      if (this.#child.exitCode !== null) throw new Error(`it ended with ${this.#child.exitCode}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  tell(line: string): void {
    this.#child.stdin!.write(`${line}\n`);
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** kill -9; resolves when the process is gone. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await gone;
  }
}

/** Where an agent is, and what lets a client in. */
export interface AgentAt {
  readonly url: string;
  readonly token: string;
}
