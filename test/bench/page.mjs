/**
 * The page in Chromium, through an agent: what a flash of a whole chip does to its thread, and what it takes beside the
 * command line and beside the line's own time; looked at, and in a tab that nobody looks at.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { makeBackup } from "@flashwright/core/backup";
import { startProcess } from "./agent.mjs";
import { launchAsPerson } from "./chromium.mjs";
import { firmwareLike, MIB, percent, report, seconds } from "./support.mjs";

const program = fileURLToPath(new URL("../../apps/cli/bin/flashwright.js", import.meta.url));
const PATIENCE = { timeout: 300_000 };
const FRAME_MS = 1000 / 60;
const TICK_MS = 10;
const POLL_MS = 500;

/** Runs in the page: notes what its thread is kept by, its frames, a control timer, and when the work began and ended. */
function watchThread({ frameMs, tickMs }) {
  const seen = { tasks: [], dropped: 0, ticks: 0, begin: 0, end: 0 };
  globalThis.seen = seen;
  const tasks = new PerformanceObserver((list) => {
    seen.tasks.push(...list.getEntries().map(({ duration }) => duration));
  });
  tasks.observe({ type: "longtask" });
  let last = performance.now();
  const frame = (now) => {
    if (document.visibilityState === "visible") {
      seen.dropped += Math.max(0, Math.round((now - last) / frameMs) - 1);
    }
    last = now;
    if (seen.end === 0) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const timer = setInterval(() => seen.ticks++, tickMs);
  const observer = new MutationObserver(() => {
    const title = document.querySelector("main h2")?.textContent ?? "";
    if (seen.begin === 0 && title.startsWith("Writing")) {
      seen.begin = performance.now();
      seen.ticks = 0;
    }
    if (seen.begin > 0 && seen.end === 0 && !/^(Writing|Verifying)/.test(title)) {
      seen.end = performance.now();
      seen.due = (seen.end - seen.begin) / tickMs;
      seen.visibility = document.visibilityState;
      clearInterval(timer);
      observer.disconnect();
    }
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
}

export async function measurePage() {
  console.log(
    "4 MB of firmware-like data at 921600 baud, in real time, by the page in Chromium through an agent",
  );
  const folder = mkdtempSync(join(tmpdir(), "flashwright-bench-page-"));
  const started = [];
  const start = async (...process) => {
    started.push(await startProcess(...process));
    return started.at(-1).said;
  };
  let browser;
  let agent;
  try {
    browser = await launchAsPerson();
    const [board, other] = [await start("board.mjs", "rfc2217"), await start("board.mjs", "rfc2217")];
    agent = await startAgent(board, folder);
    const page = await openBoard(browser.context, agent.link, board);
    const [seen, direct] = await Promise.all([
      flashByPage(page, join(folder, "one.zip"), 1),
      flashByCommand(other, join(folder, "one.bin")),
    ]);
    const lineMs = (direct.wireBytes * 10_000) / direct.baudRate;
    const longest = Math.max(0, ...seen.tasks);
    report("longest task of the page's thread", longest === 0 ? "below 50 ms" : `${longest} ms`, "aim 50 ms");
    report("frames dropped", `${seen.dropped} of ${Math.round(seen.ms / FRAME_MS)}`);
    report(
      `over the line's time at ${direct.baudRate} baud (${seconds(seen.ms)} with MD5)`,
      percent(seen.ms / lineMs - 1),
    );
    report(`over the command line (${seconds(direct.ms)})`, percent(seen.ms / direct.ms - 1), "aim 3 %");
    await page.getByRole("heading", { name: /^Done/ }).waitFor(PATIENCE);
    await page.getByRole("button", { name: "Examine the board", exact: true }).click();
    const hidden = await flashByPage(page, join(folder, "two.zip"), 2, browser.context);
    const share = Math.round((100 * hidden.ticks) / hidden.due);
    report(
      `${hidden.visibility} over visible (${seconds(hidden.ms)}; ${share} % of a timer's ticks)`,
      percent(hidden.ms / seen.ms - 1),
      "aim 3 %",
    );
  } catch (error) {
    report(`not measured, ${error.message.split("\n")[0]}`, "", "aim 50 ms");
  } finally {
    await browser?.close();
    await agent?.end();
    for (const process of started) await process.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The command as a person starts it; its link is good for one page. */
async function startAgent(port, folder) {
  const args = [program, "agent", "--json", "--listen-port", "0", "--port", port];
  const env = { ...process.env, FLASHWRIGHT_DATA: folder };
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "ignore"] });
  const link = await new Promise((resolve) => {
    createInterface(child.stdout).on("line", (line) => {
      const event = JSON.parse(line);
      if (event.link !== undefined) resolve(event.link);
    });
  });
  return {
    link,
    async end() {
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}

async function openBoard(context, link, port) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE.timeout);
  await page.goto(link);
  await page.getByRole("button", { name: port, exact: true }).click();
  return page;
}

/** Restores a backup of a whole chip; hidden by a new tab where `cover` is the context for it. */
async function flashByPage(page, file, seed, cover) {
  const bytes = firmwareLike(4 * MIB, seed);
  const backup = makeBackup({
    chip: { target: "esp8266", name: "ESP8266EX", mac: "5c:cf:7f:02:9a:b7" },
    flash: { id: 0x1640e0 },
    flashSize: bytes.length,
    date: "2026-11-28T20:00:00Z",
    contents: { covers: [{ offset: 0, size: bytes.length }], pieces: [{ offset: 0, bytes }] },
  });
  writeFileSync(file, backup.bytes);
  await page.getByRole("heading", { name: /^ESP8266EX/ }).waitFor();
  await page.locator('input[accept=".zip"]').setInputFiles(file);
  await page.getByRole("heading", { name: /^Restore/ }).waitFor();
  const skip = page.getByLabel("Do not save it");
  if ((await skip.count()) > 0) await skip.check();
  await page.evaluate(watchThread, { frameMs: FRAME_MS, tickMs: TICK_MS });
  await page.locator(".plan .primary").click();
  await page.getByRole("heading", { name: /^Writing/ }).waitFor();
  const other = await cover?.newPage();
  await other?.bringToFront();
  const seen = await untilSeen(page);
  await other?.close();
  return { ...seen, ms: seen.end - seen.begin };
}

/** Asked from outside, since nothing of the page's own comes in time where it is hidden. */
async function untilSeen(page) {
  for (;;) {
    const seen = await page.evaluate("seen");
    if (seen.end > 0) return seen;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** The same by the command line, from the first byte that is written to the last that is verified. */
async function flashByCommand(port, file) {
  writeFileSync(file, firmwareLike(4 * MIB, 1));
  const args = [program, "flash", "0", file, "--port", port, "--yes", "--no-watch", "--no-backup", "--json"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  let begin;
  let end;
  let baudRate;
  let result;
  for await (const line of createInterface(child.stdout)) {
    const event = JSON.parse(line);
    if (event.type === "connected") baudRate = event.baudRate;
    if (event.type === "started" && event.operation === "write") begin ??= performance.now();
    if (event.type === "finished" && event.operation === "verify") end = performance.now();
    if (event.type === "completed" || event.type === "failed") result = event;
  }
  if (end === undefined) throw new Error(`the command line ended with ${JSON.stringify(result)}`);
  return { ms: end - begin, baudRate, wireBytes: result.result.params.wire };
}
