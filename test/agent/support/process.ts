/** A child process that says one JSON object a line. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** How a program is started. */
export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly isQuiet?: boolean;
}

/** A started program. */
export class Program {
  readonly #child: ChildProcess;
  readonly #lines: Record<string, unknown>[] = [];
  #wake = () => {};

  /** @param options variables beside those of the test; whether what it says to people is shown */
  constructor(command: readonly string[], { env = {}, isQuiet = false }: ProgramOptions = {}) {
    this.#child = spawn(process.execPath, command, {
      stdio: ["pipe", "pipe", isQuiet ? "ignore" : "inherit"],
      env: { ...process.env, ...env },
    });
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
      if (this.#isGone) throw new Error(`it ended with ${this.#child.exitCode}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The code with which it ends, `null` after a signal, and all that it has said and nobody has looked at. */
  async ended(): Promise<{
    readonly code: number | null;
    readonly said: readonly Record<string, unknown>[];
  }> {
    if (!this.#isGone) await once(this.#child, "close");
    return { code: this.#child.exitCode, said: this.#lines };
  }

  tell(line: string): void {
    this.#child.stdin!.write(`${line}\n`);
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** kill -9; resolves when the process is gone. */
  async kill(): Promise<void> {
    if (this.#isGone) return;
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await gone;
  }

  get #isGone(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}

/** Where an agent is, and what lets a client in. */
export interface AgentAt {
  readonly url: string;
  readonly token: string;
}
