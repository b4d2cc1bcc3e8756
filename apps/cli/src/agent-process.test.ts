/** The agent as a process of its own: signals, and an end that nobody announced. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const program = fileURLToPath(new URL("../bin/flashwright.js", import.meta.url));

let data: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "agent-process-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(data, { recursive: true, force: true });
});

/** Starts the program, and waits for an event. */
async function start(awaited: string, ...argv: string[]) {
  return startIn({}, awaited, ...argv);
}

async function startIn(more: Record<string, string>, awaited: string, ...argv: string[]) {
  const env = { ...process.env, FLASHWRIGHT_DATA: data, ...more };
  const child = spawn(process.execPath, [program, ...argv, "--json"], {
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  children.push(child);
  let stdout = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  await vi.waitUntil(() => stdout.includes(`"type":"${awaited}"`), { timeout: 15_000 });
  const events = () =>
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  return { child, ended, events, url: events().find(({ type }) => type === "agent")?.url as string };
}

const agent = () => start("agent", "agent", "--listen-port", "0");

describe("the agent as a process", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("ends in order on %s", async (signal) => {
    const { child, ended, events, url } = await agent();
    expect((await fetch(url)).status).toBe(200);
    child.kill(signal);
    expect(await ended).toBe(0);
    expect(events().at(-1)).toEqual({ type: "completed", result: { code: "agent-stopped", params: {} } });
    expect(existsSync(join(data, "agent.json"))).toBe(false);
  });

  it("lends a board to a command of the same user, and to none without its token", async () => {
    const { url } = await start("agent", "agent", "--listen-port", "0", "--virtual", "esp-12f");
    const port = `agent://${new URL(url).host}/esp-12f`;
    const info = await start("completed", "info", "--port", port);
    expect(await info.ended).toBe(0);
    expect(info.events().at(-1)).toMatchObject({
      result: { params: { name: "ESP8266EX", flashSize: 0x400000 } },
    });
    const stranger = await startIn(
      { FLASHWRIGHT_AGENT_TOKEN: "x".repeat(43) },
      "failed",
      "info",
      "--port",
      port,
    );
    expect(stranger.events().at(-1)).toMatchObject({ error: { code: "agent-unauthorised" } });
  });

  it("starts again at once after a kill -9", async () => {
    const first = await agent();
    first.child.kill("SIGKILL");
    await first.ended;
    const left = JSON.parse(readFileSync(join(data, "agent.json"), "utf8"));
    const second = await agent();
    const now = JSON.parse(readFileSync(join(data, "agent.json"), "utf8"));
    expect(now.pid).toBe(second.child.pid);
    expect(now.token).not.toBe(left.token);
  });
});
