/** The system's Chromium as a person starts it, with all that it does to tabs that nobody looks at. @module */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const LAUNCH_MS = 20_000;
const POLL_MS = 20;

/** Starts it without a window. @throws Error where there is none */
export async function launchAsPerson() {
  const profile = mkdtempSync(join(tmpdir(), "flashwright-bench-"));
  const args = ["--headless=new", "--no-sandbox", "--no-first-run", "--remote-debugging-port=0"];
  const child = spawn(findChromium(), [...args, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: "ignore",
  });
  const end = async () => {
    const gone = once(child, "exit");
    child.kill();
    if (child.exitCode === null) await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    // Playwright's own settings would keep the timers of hidden tabs running, and every tab visible.
    const browser = await chromium.connectOverCDP(await endpointIn(profile), { noDefaults: true });
    return { context: browser.contexts()[0], close: () => browser.close().then(end) };
  } catch (error) {
    await end();
    throw error;
  }
}

async function endpointIn(profile) {
  const file = join(profile, "DevToolsActivePort");
  for (let waitedMs = 0; waitedMs < LAUNCH_MS; waitedMs += POLL_MS) {
    const [port] = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    if (port) return `http://127.0.0.1:${port}`;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`chromium does not listen after ${LAUNCH_MS} ms`);
}

function findChromium() {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) if (existsSync(join(folder, name))) return join(folder, name);
  }
  throw new Error("no chromium on PATH; install it with: sudo apt-get install chromium");
}
