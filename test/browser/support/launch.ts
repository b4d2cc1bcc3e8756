/** Two ways to start a browser for a test. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";

/** A browser that hangs must not outlive its test. */
const LAUNCH_MS = 20_000;
const POLL_MS = 20;
const CLOSE_MS = 5000;

/** A browser under control. */
export interface RunningBrowser {
  newContext(): Promise<BrowserContext>;
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** Without a window, and with all that Playwright switches off so that tests run evenly. */
export async function launchDriven(program: string, env: Environment): Promise<RunningBrowser> {
  return chromium.launch({
    executablePath: program,
    args: ["--no-sandbox"],
    timeout: LAUNCH_MS,
    env: { ...inherited(), ...env },
  });
}

/**
 * With a window and nothing switched off: Playwright itself would keep the timers of hidden pages running, and would make
 * every page believe that it is looked at.
 */
export async function launchAsPerson(
  program: string,
  folder: string,
  env: Environment,
): Promise<RunningBrowser> {
  const profile = join(folder, "profile");
  const args = ["--no-sandbox", "--no-first-run", "--remote-debugging-port=0", `--user-data-dir=${profile}`];
  const child = spawn(program, [...args, "about:blank"], {
    env: { ...inherited(), ...env },
    stdio: "ignore",
  });
  try {
    const options = { timeout: LAUNCH_MS, noDefaults: true };
    const browser = await chromium.connectOverCDP(await endpointIn(profile, child), options);
    return {
      newContext: async () => browser.contexts()[0]!,
      async close() {
        await browser.close();
        await end(child);
      },
    };
  } catch (error) {
    await end(child);
    throw error;
  }
}

/** The browser writes its port to a file as soon as it listens. */
async function endpointIn(profile: string, child: ChildProcess): Promise<string> {
  for (let waitedMs = 0; waitedMs < LAUNCH_MS; waitedMs += POLL_MS) {
    if (child.exitCode !== null) throw new Error(`the browser ended with ${child.exitCode}`);
    const [port] = readIfThere(join(profile, "DevToolsActivePort")).split("\n");
    if (port) return `http://127.0.0.1:${port}`;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`the browser does not listen after ${LAUNCH_MS} ms`);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** The browser's own children end with it. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill();
  const kill = setTimeout(() => child.kill("SIGKILL"), CLOSE_MS);
  await ended;
  clearTimeout(kill);
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
