/** The agent's own page in a real browser: what it does, and what the browser keeps others from doing. @module */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { madeFiles, release1v95 } from "@flashwright/core/demo";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { describeWith, findProgram } from "../support/requirements.js";
import { seriousFindings } from "./support/accessibility.js";
import { AgentProcess } from "./support/agent-process.js";

/** Espruino for 4 MB in form and name, which the virtual chip plays. */
const files = madeFiles(release1v95).map(({ name, bytes }) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(bytes),
}));

describeWith(["chromium"], "the agent's page in Chromium", () => {
  let browser: Browser;
  let agent: AgentProcess;
  let page: Page;
  /** What the browser complained of, and every address that it asked for. */
  const complaints: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findProgram("chromium")!, args: ["--no-sandbox"] });
    agent = new AgentProcess("--virtual", "esp-12f", "--virtual", "esp-01");
    await agent.firstLink();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await agent?.end();
  });

  beforeEach(async () => {
    complaints.length = 0;
    asked.length = 0;
    const context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => asked.push(request.url()));
  });

  afterEach(() => page.context().close());

  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const heading = (name: RegExp) => page.getByRole("heading", { name }).waitFor();
  /** The button of a port that nobody has. */
  const port = (on: Page = page) => on.getByRole("button", { name: "virtual:esp-12f", exact: true });

  it("flashes a board from dropped files to a firmware that boots, and asks nobody but its agent", async () => {
    const link = await agent.newLink();
    await page.goto(link);
    expect(await seriousFindings(page)).toEqual([]);
    await port().click();
    await heading(/^ESP8266EX · 4 MB$/);
    // Its policy lets it ask nobody for a file.
    expect(await page.getByText("Or from an address").count()).toBe(0);
    await page.locator(".drop input[multiple]").first().setInputFiles(files);
    await page.getByText("Espruino 1v95, build ESP8266_4MB").first().waitFor();
    await press("Plan");
    await heading(/^Install Espruino 1v95/);
    await page.locator(".drawing .name").first().waitFor();
    await press("Flash");
    await page.getByRole("heading", { name: /^Done. It boots.$/ }).waitFor({ timeout: 120_000 });
    await page.getByText("written and verified by MD5").waitFor();
    await press("Open the console");
    await page.locator(".xterm").waitFor();
    await press("Reset the board");
    await page.locator(".xterm-accessibility").getByText("1v95").first().waitFor();
    const { origin } = new URL(link);
    expect(asked.filter((address) => !address.startsWith(`${origin}/`))).toEqual([]);
    expect(asked.filter((address) => /code=|token/.test(new URL(address).search))).toEqual([]);
    expect(complaints).toEqual([]);
  }, 180_000);

  it("strips its link at once, lives through a reload, and is of its window alone", async () => {
    const link = await agent.newLink();
    const { origin } = new URL(link);
    await page.goto(link);
    await port().waitFor();
    expect(page.url()).toBe(`${origin}/`);
    await page.reload();
    await port().waitFor();
    const other = await page.context().newPage();
    const isRefused = () => other.getByRole("heading", { name: "This window needs a new link" }).waitFor();
    await other.goto(origin);
    await isRefused();
    await other.goto(link);
    await isRefused();
    // Only the fragment changes, so that the page is not loaded again.
    await other.goto(await agent.newLink());
    await port(other).waitFor();
    expect(other.url()).toBe(`${origin}/`);
  });

  it("says that a port is in use, and when it is free again", async () => {
    await page.goto(await agent.newLink());
    await port().waitFor();
    const token = await page.evaluate(() => sessionStorage.getItem("flashwright.token"));
    const socket = await page.evaluateHandle((secret) => {
      const path = "/api/ports/esp-01?baud=115200";
      const protocols = ["flashwright.agent.1", `flashwright.token.${secret}`];
      return new WebSocket(`ws://${location.host}${path}`, protocols);
    }, token);
    const taken = page.getByRole("button", { name: "virtual:esp-01 · in use" });
    await taken.waitFor();
    expect(await taken.isDisabled()).toBe(true);
    await socket.evaluate((open) => open.close());
    await page.getByRole("button", { name: "virtual:esp-01", exact: true }).waitFor();
  });

  it("runs no script that is not the agent's, has the browser's own ports, and no service worker", async () => {
    await page.goto(await agent.newLink());
    await port().waitFor();
    const ran = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.injected = true";
      document.body.append(script);
      return "injected" in globalThis;
    });
    expect(ran).toBe(false);
    expect(complaints.join()).toContain("Content Security Policy");
    await page.getByRole("heading", { name: "Connect over USB" }).waitFor();
    const granted = "navigator.serial.getPorts().then((ports) => ports.length)";
    expect(await page.evaluate(granted)).toBe(0);
    expect(await page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)")).toBe(
      0,
    );
    expect(await page.evaluate(statusesOf("sw.js", "manifest.webmanifest"))).toEqual([404, 404]);
    expect(await page.locator('link[rel="manifest"]').count()).toBe(0);
    // Nor is it a guest of another agent.
    expect(await page.getByRole("button", { name: "Connect through an agent" }).count()).toBe(0);
  });

  it("cannot be read, framed, scripted or connected to by a page of another origin", async () => {
    const link = await agent.newLink();
    const { origin, host } = new URL(link);
    const evil = await serve(
      `<!doctype html><iframe src="${origin}/"></iframe><script src="${origin}/icon.svg"></script>`,
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
      expect(await frame?.locator("#app").count()).toBe(0);
    } finally {
      evil.server.close();
    }
    // Nothing of it has used the link up.
    await page.goto(link);
    await port().waitFor();
  });

  it("says what is lost when its agent is killed in mid-flash", async () => {
    const short = new AgentProcess("--virtual", "esp-12f");
    await page.goto(await short.firstLink());
    await port().click();
    await heading(/^ESP8266EX · 4 MB$/);
    await page.locator(".drop input[multiple]").first().setInputFiles(files);
    await press("Plan");
    await heading(/^Install Espruino 1v95/);
    await press("Flash");
    await page.getByRole("heading", { name: /^Writing/ }).waitFor();
    await short.end("SIGKILL");
    await heading(/^The agent has ended$/);
    await heading(/^The agent does not answer$/);
    const failure = page.getByRole("alert").filter({ hasText: "That did not work" });
    await failure
      .getByText(/^No agent answers at http:/)
      .first()
      .waitFor();
    await failure.getByText("Start flashwright agent on that computer").waitFor();
    expect(await failure.textContent()).not.toMatch(/cable|plug/);
    await failure
      .getByText(/^The flash is not finished at 0x0000.000: .* The chip will not start until/)
      .waitFor();
    await failure.getByText("writing").waitFor();
    await failure.getByRole("button", { name: "Go on: write what is missing" }).waitFor();
  });

  it("says so when its agent has ended", async () => {
    const short = new AgentProcess("--virtual", "esp-12f");
    await page.goto(await short.firstLink());
    await port().click();
    await heading(/^ESP8266EX · 4 MB$/);
    await short.end();
    const alert = page.getByRole("alert");
    await alert.getByRole("heading", { name: "The agent has ended" }).waitFor();
    await alert.getByText(/^No agent answers at http:\/\/127\.0\.0\.1:\d+\.$/).waitFor();
    await alert.getByText("Start flashwright agent on that computer").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await press("Ask the agent again");
    await alert.getByText(/^No agent answers/).waitFor();
    await press("Examine again");
    await page
      .getByRole("alert")
      .filter({ hasText: "That did not work" })
      .getByText(/^No agent answers/)
      .first()
      .waitFor();
  });
});

/** A script that asks for files beside the page. */
function statusesOf(...paths: readonly string[]): string {
  return `Promise.all(${JSON.stringify(paths)}.map((path) => fetch(path).then(({ status }) => status)))`;
}

/** A page of another origin. */
async function serve(html: string): Promise<{ url: string; server: Server }> {
  const server = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(html));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}
