/** The system's Chromium. @module */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** Starts it without a window. @throws Error where there is none */
export async function launchChromium(options = {}) {
  const executablePath = findChromium();
  return chromium.launch({ executablePath, args: ["--no-sandbox"], ...options });
}

function findChromium() {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) if (existsSync(join(folder, name))) return join(folder, name);
  }
  throw new Error("no chromium on PATH; install it with: sudo apt-get install chromium");
}
