/** The page on a static host: without a network, from one version to the next, and with firmware from other servers. @module */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { madeFiles, release1v95 } from "@flashwright/core/demo";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { writePrecache } from "../../apps/web/scripts/offline-plugin.js";
import { describeWith } from "../support/requirements.js";
import { seriousFindings } from "./support/accessibility.js";
import { builtPage } from "./support/built-page.js";
import { launchChromium } from "./support/chromium.js";
import { type StaticHost, startStaticHost } from "./support/static-host.js";

/** A busy machine takes several times as long as a free one. */
const TEST_MS = 90_000;
vi.setConfig({ testTimeout: TEST_MS });
const READY = "It also works without a network from now on.";

describeWith(["chromium"], "the page on a static host", () => {
  let first: string;
  let second: string;
  let host: StaticHost;
  let browser: Browser;
  let page: Page;
  const asked: string[] = [];

  beforeAll(async () => {
    [first, browser] = await Promise.all([builtPage(), launchChromium()]);
    second = nextVersion(first);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(second, { recursive: true, force: true });
  });
  beforeEach(async () => {
    host = await startStaticHost(first);
    const context = await browser.newContext();
    asked.length = 0;
    context.on("request", (request) => asked.push(request.url()));
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
  });
  afterEach(async () => {
    await page.context().close();
    await host.close();
  });

  const address = () => `http://localhost:${host.port}/tool/`;
  const press = (name: string, on: Page = page) => on.getByRole("button", { name, exact: true }).click();
  const heading = (name: RegExp, on: Page = page) => on.getByRole("heading", { name }).waitFor();
  const caches = () => page.evaluate("caches.keys()");

  it("goes the whole way to a board that boots when its server is gone", async () => {
    await page.goto(`${address()}?pace=unlimited`);
    await page.getByText(READY).waitFor();
    await host.close();
    await page.reload();
    await press("Blank, as from the shop");
    await heading(/^ESP8266EX/);
    await press("Use a made-up Espruino");
    await press("Plan");
    await heading(/^Install Espruino/);
    await page.locator(".drawing .name").first().waitFor();
    await press("Flash");
    await heading(/^Done. It boots.$/);
    await press("Open the console");
    await page.locator(".xterm").waitFor();
    expect(asked.filter((url) => !url.startsWith(address()))).toEqual([]);
    expect(await page.evaluate("document.fonts.check('16px \"IBM Plex Sans\"')")).toBe(true);
  });

  it("says what a browser without serial ports cannot do, and what to do instead", async () => {
    await page.addInitScript("delete Navigator.prototype.serial");
    await page.goto(address());
    await page
      .getByText("This browser cannot reach USB ports. Chrome, Edge, Opera and Firefox from version 151")
      .waitFor();
    await press("Connect through an agent");
    await page.getByText("it needs neither code nor permission, in any browser").waitFor();
    expect(await page.getByRole("button", { name: "Choose the port" }).count()).toBe(0);
    expect(asked.filter((url) => !url.startsWith(address()))).toEqual([]);
  });

  it("can be installed", async () => {
    await page.goto(address());
    await page.getByText(READY).waitFor();
    const session = await page.context().newCDPSession(page);
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    // Tests have no profile, and nothing is installed into none.
    expect(installabilityErrors).toEqual([{ errorId: "in-incognito", errorArguments: [] }]);
    const { url, errors, data } = await session.send("Page.getAppManifest");
    expect({ url, errors }).toEqual({ url: `${address()}manifest.webmanifest`, errors: [] });
    const { icons } = JSON.parse(data ?? "") as { icons: { src: string; sizes: string; purpose: string }[] };
    for (const { src, sizes } of icons.filter(({ src }) => src.endsWith(".png"))) {
      const png = readFileSync(join(first, src));
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
    }
    expect(icons.map(({ purpose }) => purpose)).toContain("maskable");
  });

  it("offers a new version, which no page is made to load, and never mixes two", async () => {
    await page.goto(`${address()}?pace=unlimited`);
    await page.getByText(READY).waitFor();
    const [old] = (await caches()) as string[];
    const other = await page.context().newPage();
    await other.goto(`${address()}?pace=unlimited`);
    host.folder = second;

    await page.reload();
    await page.getByText("A new version of this page is ready.").waitFor();
    expect(await page.title()).toBe("Flashwright");
    await page.evaluate(watchWork);
    await press("Blank, as from the shop");
    await heading(/^ESP8266EX/);
    await press("Use a made-up Espruino");
    await press("Plan");
    await heading(/^Install/);
    // While anything is being done nobody is asked to leave.
    expect(await page.evaluate("work")).toEqual({ seen: true, asked: false });
    await press("Load the new version");
    await page.waitForFunction("document.title === 'Flashwright 2'");
    await page.getByText(READY).waitFor();

    // The other page has the old version still, also what it loads only now and no server has any more.
    expect(await other.title()).toBe("Flashwright");
    await press("Blank, as from the shop", other);
    await heading(/^ESP8266EX/, other);
    await other.locator(".drawing svg").first().waitFor();
    expect(await caches()).toHaveLength(2);
    await press("Load the new version", other);
    await other.waitForFunction("document.title === 'Flashwright 2'");
    await other.close();
    await page.reload();
    await page.getByText(READY).waitFor();
    await page.waitForFunction("caches.keys().then((names) => names.length === 1)");
    expect(await caches()).not.toContain(old);
  });

  it("keeps nothing of a version that it cannot get whole", async () => {
    const broken = mkdtempSync(join(tmpdir(), "flashwright-broken-"));
    cpSync(first, broken, { recursive: true });
    writeFileSync(join(broken, "licences.md"), "of another version");
    host.folder = broken;
    await page.goto(address());
    await heading(/^Flash an ESP8266/);
    await page.evaluate(untilRefused);
    expect(await caches()).toEqual([]);
    rmSync(broken, { recursive: true, force: true });
  });

  it("takes firmware from another server where that allows it, and says what to do where not", async () => {
    const firmware = await serveFirmware();
    const base = `http://127.0.0.1:${(firmware.address() as AddressInfo).port}`;
    try {
      await page.goto(
        `${address()}?pace=unlimited&firmware=${encodeURIComponent(`${base}/open/manifest.json`)}`,
      );
      await press("Blank, as from the shop");
      await heading(/^ESP8266EX/);
      await page.getByText("A link named this firmware. Nothing was downloaded yet.").waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(asked.filter((url) => url.startsWith(base))).toEqual([]);

      const field = page.getByLabel("Address of an archive, a manifest or an image");
      const alert = page.getByRole("alert");
      for (const [path, text] of [
        ["closed/manifest.json", "does not allow other pages to read the file (CORS)"],
        ["open/nothing.bin", "answers with status 404"],
        ["open/page", "is a web page, not firmware"],
      ]) {
        await field.fill(`${base}/${path}`);
        await press("Download and read it");
        await alert.locator("p").getByText(text!).waitFor();
      }
      await field.fill("http://example.org/firmware.bin");
      await press("Download and read it");
      await alert.locator("p").getByText("does not come over HTTPS").waitFor();

      await field.fill(`${base}/open/manifest.json`);
      await press("Download and read it");
      await page.getByText("Espruino 1v95, build ESP8266_4MB").first().waitFor();
      await press("Plan");
      await heading(/^Install Espruino 1v95/);
      await press("Flash");
      await heading(/^Done. It boots.$/);
      expect(
        await page.evaluate(
          `caches.match("${base}/open/manifest.json").then((found) => found === undefined)`,
        ),
      ).toBe(true);
    } finally {
      firmware.closeAllConnections();
      firmware.close();
    }
  });
});

/** Notes whether something was seen being done, and whether the new version was offered meanwhile. */
const watchWork = `
  globalThis.work = { seen: false, asked: false };
  new MutationObserver(() => {
    if (document.querySelector(".work") === null) return;
    work.seen = true;
    work.asked ||= document.body.textContent.includes("A new version of this page is ready.");
  }).observe(document.body, { childList: true, subtree: true });
`;

/** Registers the worker once more, and waits until the browser gives it up. */
const untilRefused = `navigator.serviceWorker.register("./sw.js").then(({ installing }) => new Promise((resolve) => {
  installing.addEventListener("statechange", () => installing.state === "redundant" && resolve());
}))`;

/** The same site, a day later: another title, and a part that is loaded when it is used has another name. */
function nextVersion(folder: string): string {
  const next = mkdtempSync(join(tmpdir(), "flashwright-next-"));
  cpSync(folder, next, { recursive: true });
  const html = readFileSync(join(next, "index.html"), "utf8");
  const map = readdirSync(join(next, "assets")).find((name) => /^flash-map-.*\.js$/.test(name))!;
  const entry = /assets\/(index-[^"]+\.js)/.exec(html)![1]!;
  const newEntry = entry.replace("index-", "index-next-");
  const script = readFileSync(join(next, "assets", entry), "utf8");
  writeFileSync(join(next, "assets", newEntry), script.replaceAll(map, `next-${map}`));
  rmSync(join(next, "assets", entry));
  renameSync(join(next, "assets", map), join(next, "assets", `next-${map}`));
  const newHtml = html.replace("<title>Flashwright", "<title>Flashwright 2").replaceAll(entry, newEntry);
  writeFileSync(join(next, "index.html"), newHtml);
  writePrecache(next);
  return next;
}

/** A manifest and its parts, below `/open/` for every page and below `/closed/` for none. */
async function serveFirmware(): Promise<Server> {
  const offsets = [0, 0x1000, 0x3fc000, 0x3fe000];
  const made = madeFiles(release1v95);
  const files = new Map<string, Uint8Array | string>(made.map(({ name, bytes }) => [name, bytes]));
  const parts = made.slice(0, 4).map(({ name }, index) => ({ path: name, offset: offsets[index] }));
  files.set(
    "manifest.json",
    JSON.stringify({ name: "Espruino", builds: [{ chipFamily: "ESP8266", parts }] }),
  );
  files.set("page", "<!doctype html><title>Downloads</title>");
  const server = createServer((request, response) => {
    const [, folder, name] = (request.url ?? "").split("/");
    if (folder === "open") response.setHeader("Access-Control-Allow-Origin", "*");
    expect(request.headers.cookie).toBe(undefined);
    const file = files.get(name ?? "");
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
