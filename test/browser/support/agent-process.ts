/** The command `agent` as a process, for a browser that opens its link. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { mustRun } from "../../support/run.js";

const program = fileURLToPath(new URL("../../../apps/cli/bin/flashwright.js", import.meta.url));
const START_MS = 15_000;

/** An agent with data of its own; the first event of `agent` has its link. */
export class AgentProcess {
  readonly data = mkdtempSync(join(tmpdir(), "agent-page-"));
  readonly #child: ChildProcess;
  #stdout = "";

  /** @param ports what it lends: `--virtual esp-12f`, `--port <address>` */
  constructor(...ports: readonly string[]) {
    const args = ["agent", "--json", "--listen-port", "0", ...ports];
    const env = { ...process.env, FLASHWRIGHT_DATA: this.data };
    this.#child = spawn(process.execPath, [program, ...args], { env, stdio: ["ignore", "pipe", "ignore"] });
    this.#child.stdout?.on("data", (chunk) => {
      this.#stdout += chunk;
    });
  }

  async firstLink(): Promise<string> {
    await vi.waitUntil(() => this.#stdout.includes(`"type":"agent"`), { timeout: START_MS });
    return linkIn(this.#stdout);
  }

  async newLink(): Promise<string> {
    const env = { ...process.env, FLASHWRIGHT_DATA: this.data };
    return linkIn(await mustRun(process.execPath, [program, "agent", "link", "--json"], { env }));
  }

  /** Ends it, and throws its data away. */
  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const closed = new Promise((resolve) => this.#child.once("close", resolve));
      this.#child.kill(signal);
      await closed;
    }
    rmSync(this.data, { recursive: true, force: true });
  }
}

function linkIn(output: string): string {
  const link = /"link":"([^"]+)"/.exec(output)?.[1];
  if (link === undefined) throw new Error(`there is no link in ${output}`);
  return link;
}
