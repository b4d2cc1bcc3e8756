/** A page of a public site that reaches boards through an agent of its visitor's computer, as the browser allows it. @module */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectToRunning, type RunningAgent, startAgent } from "@flashwright/agent";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { describeWith, findProgram } from "../support/requirements.js";
import { seriousFindings } from "./support/accessibility.js";
import { builtPage } from "./support/built-page.js";
import { type PublicSite, startPublicSite } from "./support/public-site.js";
import { type Display, startDisplay } from "./support/xvfb.js";

describeWith(["linux", "chromium", "xvfb", "openssl"], "a public page and an agent in Chromium", () => {
  let folder: string;
  let site: PublicSite;
  let display: Display;
  let browser: Browser;
  let data: string;
  let agent: RunningAgent;
  let page: Page;
  /** Paths that the agent was asked for. */
  const asked: string[] = [];

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), "guest-page-"));
    [folder, display] = await Promise.all([builtPage(), startDisplay()]);
    site = await startPublicSite(folder);
    // With a window: without one the browser says no where it would ask.
    browser = await chromium.launch({
      executablePath: findProgram("chromium")!,
      headless: false,
      args: ["--no-sandbox", ...site.browserArgs],
      env: { ...process.env, DISPLAY: display.name } as Record<string, string>,
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await site?.host.close();
    await display?.close();
    rmSync(data, { recursive: true, force: true });
  });
  beforeEach(async () => {
    agent = await startAgent({
      dataFolder: data,
      tcpPorts: [0],
      virtualBoards: ["esp-12f"],
      listPorts: async () => [],
      page: new Map(),
      onEvent: (event) => event.type === "request" && asked.push(event.path),
    });
    page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(20_000);
    asked.length = 0;
  });
  afterEach(async () => {
    await page.context().close();
    await agent.close();
  });

  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const alert = () => page.locator(".way").getByRole("alert");
  const board = () => page.getByRole("button", { name: "virtual:esp-12f", exact: true });

  /** What somebody would choose in the browser's prompt. */
  async function decide(setting: "granted" | "denied"): Promise<void> {
    const session = await page.context().newCDPSession(page);
    const { targetInfo } = await session.send("Target.getTargetInfo");
    const whole = await browser.newBrowserCDPSession();
    const { browserContextId } = targetInfo;
    const permission = { name: "loopback-network" };
    await whole.send("Browser.setPermission", {
      permission,
      setting,
      origin: site.origin,
      ...(browserContextId === undefined ? {} : { browserContextId }),
    });
  }

  async function typeCode(code: string, address = new URL(agent.url).port): Promise<void> {
    await page.getByLabel("The six digits").fill(code);
    await page.getByText("The agent does not listen at 8266 to 8268").click();
    await page.getByLabel("TCP port in the link that the agent printed").fill(address);
    await press("Connect");
  }

  it("asks nobody before a click, and says what the browser will ask before it does", async () => {
    await page.goto(site.url);
    await page.getByText("Nothing on this computer is asked before you press the button.").waitFor();
    await press("Connect through an agent");
    await page.getByText("Your browser will ask whether this page may access other apps").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(asked).toEqual([]);
    await typeCode("123456");
    await page.getByText("Waiting for you to allow it in your browser's prompt").waitFor();
    expect(asked).toEqual([]);
    await press("Stop");
    await page.getByLabel("The six digits").waitFor();
  });

  it("says that the browser was told to block it, and how to undo that", async () => {
    await page.goto(site.url);
    await decide("denied");
    await press("Connect through an agent");
    await page.getByText("somebody chose Block").waitFor();
    await typeCode("123456");
    await alert().getByText("the agent heard nothing").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it("is let in with the code of the terminal, flashes through the agent, comes back unasked and forgets", async () => {
    await page.goto(site.url);
    await decide("granted");
    await press("Connect through an agent");
    await typeCode("000000", "http://192.168.1.5:8266");
    await alert().getByText("is not the address of an agent on this computer").waitFor();
    await typeCode("000000");
    await alert().getByText("No agent on this computer lets this page in").waitFor();

    const terminal = await connectToRunning(data);
    let code = "";
    const paired = terminal.pair((state) => {
      if (state.state === "open") code = state.code;
    });
    await vi.waitUntil(() => code !== "");
    await typeCode(code === "000000" ? "000001" : "000000");
    await alert().getByText("Tries left: 4").waitFor();
    await typeCode(code);
    expect(await paired).toMatchObject({ state: "paired", pairing: { origin: site.origin } });
    terminal.close();

    await board().click();
    await page.getByRole("heading", { name: /^ESP8266EX/ }).waitFor();
    await press("Use a made-up Espruino");
    await press("Plan");
    await page.getByRole("heading", { name: /^Install Espruino/ }).waitFor();
    await press("Flash");
    await page.getByRole("heading", { name: /^Done. It boots.$/ }).waitFor({ timeout: 60_000 });

    await page.reload();
    await board().waitFor();
    await press("Forget this agent");
    await page.getByText("Nothing on this computer is asked before you press the button.").waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Connect through an agent" }).waitFor();
    expect(await page.evaluate("localStorage.length")).toBe(0);
  }, 120_000);

  it("asks nobody at the next visit where the browser would ask, and says when the agent is gone", async () => {
    await page.addInitScript(() => {
      const pairing = {
        pairingId: "abc",
        secret: "s".repeat(43),
        expiresAt: Date.now() + 1e6,
        url: "http://127.0.0.1:1",
      };
      localStorage.setItem("flashwright.pairing", JSON.stringify(pairing));
    });
    await page.goto(site.url);
    await page.getByText("This page was let in by the agent on this computer before.").waitFor();
    await page.getByText("Your browser will ask whether this page may access other apps").waitFor();
    await decide("granted");
    await press("Connect to the agent");
    await alert().getByText("No agent on this computer lets this page in").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await press("Pair it anew");
    await page.getByLabel("The six digits").waitFor();
  });
});
