/** The agent's own page in a real browser: what it does, and what the browser keeps others from doing. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { describeWith, findProgram } from "../support/requirements.js";
import { mustRun } from "../support/run.js";

const program = fileURLToPath(new URL("../../apps/cli/bin/flashwright.js", import.meta.url));

/** The command as a process; the first event of `agent` has its link. */
class AgentProcess {
  readonly data = mkdtempSync(join(tmpdir(), "agent-page-"));
  readonly #child: ChildProcess;
  #stdout = "";

  constructor() {
    const args = ["agent", "--json", "--virtual", "esp-12f", "--virtual", "esp-01", "--listen-port", "0"];
    const env = { ...process.env, FLASHWRIGHT_DATA: this.data };
    this.#child = spawn(process.execPath, [program, ...args], { env, stdio: ["ignore", "pipe", "ignore"] });
    this.#child.stdout?.on("data", (chunk) => {
      this.#stdout += chunk;
    });
  }

  async firstLink(): Promise<string> {
    await vi.waitUntil(() => this.#stdout.includes(`"type":"agent"`), { timeout: 15_000 });
    return linkIn(this.#stdout);
  }

  async newLink(): Promise<string> {
    const env = { ...process.env, FLASHWRIGHT_DATA: this.data };
    return linkIn(await mustRun(process.execPath, [program, "agent", "link", "--json"], { env }));
  }

  async end(): Promise<void> {
    const closed = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.kill("SIGTERM");
    await closed;
  }
}

function linkIn(output: string): string {
  const link = /"link":"([^"]+)"/.exec(output)?.[1];
  if (link === undefined) throw new Error(`there is no link in ${output}`);
  return link;
}

describeWith(["chromium"], "the agent's page in Chromium", () => {
  let browser: Browser;
  let agent: AgentProcess;
  let page: Page;
  /** What the browser complained of, and every address that it asked for. */
  const complaints: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    expect(existsSync(program)).toBe(true);
    browser = await chromium.launch({ executablePath: findProgram("chromium")!, args: ["--no-sandbox"] });
    agent = new AgentProcess();
    await agent.firstLink();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await agent?.end();
    rmSync(agent.data, { recursive: true, force: true });
  });

  beforeEach(async () => {
    complaints.length = 0;
    asked.length = 0;
    const context = await browser.newContext();
    page = await context.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => asked.push(request.url()));
  });

  it("shows the ports, identifies a board, and asks nobody but its agent", async () => {
    const link = await agent.newLink();
    await page.goto(link);
    await page.getByRole("button", { name: /esp-12f/ }).click();
    await page.locator("dl").waitFor();
    expect(await page.locator("dd").allTextContents()).toEqual([
      "ESP8266EX, crystal 26 MHz",
      "5c:cf:7f:02:9a:b7",
      "4 MB (4194304 bytes), id e0 4016 (BergMicro)",
      "stub at 460800 baud",
    ]);
    expect(await page.locator("#status").textContent()).toBe("Connected to the agent");
    const { origin } = new URL(link);
    expect(asked.filter((address) => !address.startsWith(`${origin}/`))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("strips its link at once, lives through a reload, and is of its window alone", async () => {
    const link = await agent.newLink();
    const { origin } = new URL(link);
    await page.goto(link);
    await page.locator(".card").first().waitFor();
    expect(page.url()).toBe(`${origin}/`);
    await page.reload();
    await page.locator(".card").first().waitFor();
    const other = await page.context().newPage();
    await other.goto(origin);
    expect(await other.locator("h2").textContent()).toBe("This window needs a new link");
    await other.goto(link);
    expect(await other.locator("h2").textContent()).toBe("This window needs a new link");
    // Only the fragment changes, so that the page is not loaded again.
    await other.goto(await agent.newLink());
    await other.locator(".card").first().waitFor();
  });

  it("says that a port is in use, and when it is free again", async () => {
    await page.goto(await agent.newLink());
    await page.locator(".card").first().waitFor();
    const token = await page.evaluate(() => sessionStorage.getItem("flashwright.token"));
    const socket = await page.evaluateHandle((secret) => {
      const path = "/api/ports/esp-01?baud=115200";
      const protocols = ["flashwright.agent.1", `flashwright.token.${secret}`];
      return new WebSocket(`ws://${location.host}${path}`, protocols);
    }, token);
    await page.getByRole("button", { name: "In use: virtual:esp-01" }).waitFor();
    await socket.evaluate((open) => open.close());
    await page.getByRole("button", { name: "Identify: virtual:esp-01" }).waitFor();
  });

  it("cannot be read, framed, scripted or connected to by a page of another origin", async () => {
    const link = await agent.newLink();
    const { origin, host } = new URL(link);
    const evil = await serve(
      `<!doctype html><iframe src="${origin}/"></iframe><script src="${origin}/page.js"></script>`,
    );
    try {
      await page.goto(evil.url);
      const got = await page.evaluate(
        async ([base, name, code]) => {
          const tries = [
            fetch(`${base}/api/hello`).then(
              () => "read",
              () => "refused",
            ),
            fetch(`${base}/api/session`, {
              method: "POST",
              headers: { "Content-Type": "application/json" },
              body: JSON.stringify({ launchCode: code }),
            }).then(
              () => "read",
              () => "refused",
            ),
            fetch(`${base}/api/session`, {
              method: "POST",
              mode: "no-cors",
              headers: { "Content-Type": "text/plain" },
              body: JSON.stringify({ launchCode: code }),
            }).then(
              ({ type }) => type,
              () => "refused",
            ),
            new Promise((resolve) => {
              const socket = new WebSocket(`ws://${name}/api/control`, ["flashwright.agent.1"]);
              socket.onopen = () => resolve("open");
              socket.onerror = () => resolve("refused");
            }),
          ];
          return Promise.all(tries);
        },
        [origin, host, link.split("#code=")[1]!] as const,
      );
      expect(got).toEqual(["refused", "refused", "refused", "refused"]);
      const frame = page.frames().find((inner) => inner !== page.mainFrame());
      expect(await frame?.locator("#ports").count()).toBe(0);
    } finally {
      evil.server.close();
    }
    // Nothing of it has used the link up.
    await page.goto(link);
    await page.locator(".card").first().waitFor();
  });

  it("says so when its agent has ended", async () => {
    const short = new AgentProcess();
    await page.goto(await short.firstLink());
    await page.locator(".card").first().waitFor();
    await short.end();
    await page.getByRole("button", { name: "Connect again" }).waitFor();
    expect(await page.locator(".error").textContent()).toMatch(
      /^No agent answers at http:\/\/127\.0\.0\.1:\d+\.$/,
    );
    rmSync(short.data, { recursive: true, force: true });
  });
});

/** A page of another origin. */
async function serve(html: string): Promise<{ url: string; server: Server }> {
  const server = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(html));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}
