import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { describeWith } from "../support/requirements.js";
import { seriousFindings } from "./support/accessibility.js";
import {
  BUTTON_ORIGIN,
  type BuiltButton,
  buildButton,
  buttonFile,
  type Site,
  type SiteFile,
  serveButton,
  serveFiles,
  serveInMemory,
} from "./support/button-site.js";
import { launchChromium } from "./support/chromium.js";

/** What the entry may have, gzipped, with all that it loads before a press. */
const ENTRY = 5 * 1024;

const FIRMWARE = new Uint8Array(0x400).fill(7);
const build = (chipFamily: string, ...parts: object[]) => ({ chipFamily, parts });
const manifestOf = (...builds: object[]) => JSON.stringify({ name: "Example", version: "1", builds });
/** The author's site, by path. @param mute origin of a server that lets no other page read its files */
function siteFiles(button: string, mute: string): Map<string, SiteFile> {
  const page = (body: string) =>
    `<!doctype html><html lang="en"><head><title>Install</title>
    <script type="module" src="${button}/flashwright-button.js"></script></head>
    <body><main><h1>Example</h1>${body}</main></body></html>`;
  const manifests = {
    good: manifestOf(build("ESP8266", { path: "fw.bin", offset: 0 })),
    "other-chips": manifestOf(build("ESP32", { path: "fw.bin", offset: 0 }), build("ESP32-S3")),
    "lost-part": manifestOf(build("ESP8266", { path: "gone/fw.bin", offset: 0 })),
    "wrong-part": manifestOf(build("ESP8266", { path: "fw.bin", offset: 0, sha256: "0".repeat(64) })),
    broken: '{ "builds": [ }',
    "wrong-field": manifestOf(build("ESP8266", { path: "fw.bin", offset: "start" })),
    mute: manifestOf(build("ESP8266", { path: `${mute}/fw.bin`, offset: 0 })),
  };
  const pageWith = (name: string) =>
    page(`<flashwright-button manifest="${name}.json"></flashwright-button>`);
  return new Map<string, SiteFile>([
    ...Object.entries(manifests).map(([name, text]) => [`/${name}.json`, text] as const),
    ...[...Object.keys(manifests), "absent"].map((name) => [`/${name}`, pageWith(name)] as const),
    [
      "/slots",
      page(`<flashwright-button manifest="good.json">
        <button slot="activate">My own button</button>
        <span slot="unsupported">My own regret</span>
        <span slot="not-allowed">My own refusal</span>
      </flashwright-button>`),
    ],
    ["/none", page("<flashwright-button></flashwright-button>")],
    [
      "/own",
      `<!doctype html><html lang="en"><head><title>Install</title>
      <meta http-equiv="Content-Security-Policy" content="default-src 'self'">
      <script type="module" src="own/flashwright-button.js"></script></head>
      <body><flashwright-button manifest="good.json"></flashwright-button></body></html>`,
    ],
    ["/fw.bin", FIRMWARE],
  ]);
}

describeWith(["chromium"], "the button on somebody's page", () => {
  let button: BuiltButton;
  let cdn: Site;
  let mute: Site;
  let site: Site;
  let files: ReadonlyMap<string, SiteFile>;
  let browser: Browser;
  let context: BrowserContext;
  let tab: Page;
  let asked: string[];
  let errors: string[];

  beforeAll(async () => {
    [button, browser] = await Promise.all([buildButton(), launchChromium()]);
    cdn = await serveButton(button);
    mute = await serveFiles(() => FIRMWARE, { isShared: false });
    files = siteFiles(cdn.origin, mute.origin);
    const find = (path: string) => files.get(path) ?? buttonFile(button, path.replace(/^\/own\//, "/"));
    site = await serveFiles(find, { isShared: false });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([cdn, mute, site].map((one) => one?.close()));
    button?.remove();
  });
  beforeEach(async () => {
    context = await browser.newContext();
    tab = await context.newPage();
    tab.setDefaultTimeout(20_000);
    asked = [];
    errors = [];
    tab.on("request", (request) => asked.push(request.url()));
    tab.on("pageerror", (error) => errors.push(String(error)));
    // The browser's own list waits for a person; this one sees it and chooses nothing.
    await tab.addInitScript(`
      globalThis.filters = [];
      if ("serial" in navigator) navigator.serial.requestPort = async (options) => {
        filters.push(options?.filters?.length ?? 0);
        throw new DOMException("No port selected by the user.", "NotFoundError");
      };
    `);
  });
  afterEach(async () => {
    await context.close();
    expect(errors).toEqual([]);
  });

  const press = (name: string) => tab.getByRole("button", { name, exact: true }).click();
  const fromButton = () => asked.filter((address) => address.startsWith(cdn.origin));

  it("is small until it is pressed, and then asks for a port at once", async () => {
    await tab.goto(`${site.origin}/good`);
    await tab.getByRole("button", { name: "Install" }).waitFor();
    const size = fromButton()
      .map((address) => gzipSync(readFileSync(join(button.folder, new URL(address).pathname))).length)
      .reduce((sum, one) => sum + one, 0);
    console.info(`the button before a press: ${size} bytes gzipped in ${fromButton().length} files`);
    expect(size).toBeLessThan(ENTRY);
    expect(await seriousFindings(tab)).toEqual([]);
    await press("Install");
    await tab.getByRole("heading", { name: "No port was chosen" }).waitFor();
    expect(await seriousFindings(tab)).toEqual([]);
    expect(await tab.locator("flashwright-dialog").getAttribute("data-runs-in")).toBe("worker");
    await press("Show all ports");
    await tab.getByRole("heading", { name: "No port was chosen" }).waitFor();
    const filters = await tab.evaluate("filters");
    expect(filters).toEqual([expect.any(Number), 0]);
    expect((filters as number[])[0]).toBeGreaterThan(3);
    // Nothing comes from elsewhere.
    const known = [site.origin, cdn.origin, `blob:${site.origin}`];
    expect(asked.filter((address) => !known.some((origin) => address.startsWith(origin)))).toEqual([]);
    await tab.keyboard.press("Escape");
    await tab.locator("flashwright-dialog").waitFor({ state: "detached" });
    expect(await tab.evaluate("document.activeElement.localName")).toBe("flashwright-button");
  });

  it.each([
    [
      "other-chips",
      "other-chips.json holds no build for the ESP8266, only for ESP32 and ESP32-S3.",
      "Use the installer that the firmware's makers have for these chips.",
    ],
    [
      "lost-part",
      `The server of {site}/gone/fw.bin answers with status 404.`,
      "The author of this page has to correct the address, or put the file there.",
    ],
    [
      "wrong-part",
      "fw.bin is not the file that its manifest means: its SHA-256 is",
      "Do not flash it. Try again later, and tell the author of this page.",
    ],
    [
      "broken",
      "broken.json is not valid JSON: it cannot be read on at character 14.",
      "The author of this page has to correct the manifest.",
    ],
    [
      "wrong-field",
      "wrong-field.json is not what it should be: its `builds[0].parts[0].offset` is not an offset of 0 to 0xffffffff.",
      "The author of this page has to correct that field.",
    ],
    ["mute", "{mute}/fw.bin was not read:", "Access-Control-Allow-Origin"],
    [
      "absent",
      `The server of {site}/absent.json answers with status 404.`,
      "The author of this page has to correct the address, or put the file there.",
    ],
  ])("says what is wrong before a byte is written: %s", async (name, message, hint) => {
    await tab.goto(`${site.origin}/${name}`);
    await press("Install");
    const alert = tab.getByRole("alert");
    const said = message.replace("{site}", site.origin).replace("{mute}", mute.origin);
    await alert.getByText(said).first().waitFor();
    await alert.getByText(hint).first().waitFor();
    await tab.getByRole("button", { name: "Try again" }).waitFor();
    if (name === "broken") expect(await seriousFindings(tab)).toEqual([]);
  });

  it("says that its author has named no manifest, and takes one as an object", async () => {
    await tab.goto(`${site.origin}/none`);
    await press("Install");
    await tab.getByRole("alert").getByText("This button names no manifest.").first().waitFor();
    await tab.keyboard.press("Escape");
    await tab.locator("flashwright-dialog").waitFor({ state: "detached" });
    const parts = [{ path: "fw.bin", offset: 0 }];
    await tab.evaluate(
      (builds) => {
        const element = document.querySelector("flashwright-button") as unknown as { manifest: object };
        element.manifest = { name: "By hand", builds };
      },
      [build("ESP8266", ...parts)],
    );
    await press("Install");
    await tab.getByRole("heading", { name: "Install By hand" }).waitFor();
    await tab.getByRole("heading", { name: "No port was chosen" }).waitFor();
    expect(asked).toContain(`${site.origin}/fw.bin`);
  });

  it("keeps what a page has set before the script was there", async () => {
    await tab.addInitScript(`
      addEventListener("DOMContentLoaded", () => {});
      new MutationObserver((_, observer) => {
        const element = document.querySelector("flashwright-button");
        if (element === null) return;
        element.eraseFirst = true;
        element.manifest = "good.json";
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    `);
    await tab.goto(`${site.origin}/none`);
    await tab.getByRole("button", { name: "Install" }).waitFor();
    const element = "document.querySelector('flashwright-button')";
    expect(await tab.evaluate(`[${element}.manifest, ${element}.hasAttribute('erase-first')]`)).toEqual([
      "good.json",
      true,
    ]);
  });

  it("says why the browser did not let the page ask", async () => {
    await tab.addInitScript(`
      navigator.serial.requestPort = async () => {
        throw new DOMException("Access is disallowed by permissions policy.", "SecurityError");
      };
    `);
    await tab.goto(`${site.origin}/good`);
    await press("Install");
    const alert = tab.getByRole("alert");
    await alert.getByText("The browser did not let this page ask for a port.").waitFor();
    await alert.getByText("disallowed by permissions policy").waitFor();
  });

  it("from the page's own server needs no more of its policy than that the page's own files may be loaded", async () => {
    await tab.goto(`${site.origin}/own`);
    await press("Install");
    await tab.getByRole("heading", { name: "No port was chosen" }).waitFor();
    expect(await tab.locator("flashwright-dialog").getAttribute("data-runs-in")).toBe("worker");
    expect(fromButton()).toEqual([]);
  });

  it("shows its author's own button, and is pressed through it", async () => {
    await tab.goto(`${site.origin}/slots`);
    await press("My own button");
    await tab.getByRole("heading", { name: "Install Example 1" }).waitFor();
  });

  it("says so in a browser without Web Serial", async () => {
    await tab.addInitScript("delete Navigator.prototype.serial");
    await tab.goto(`${site.origin}/slots`);
    await tab.getByText("My own regret").waitFor();
    expect(await tab.locator("flashwright-button[install-unsupported]").count()).toBe(1);
    await tab.goto(`${site.origin}/good`);
    await tab.getByText("This browser cannot reach USB ports.").waitFor();
    expect(await seriousFindings(tab)).toEqual([]);
  });

  it("says so on a page that does not come over HTTPS", async () => {
    const plain = "http://author.example";
    const script = new RegExp(`${cdn.origin}/`, "g");
    const moved = [...files].map(
      ([path, file]) =>
        [path, typeof file === "string" ? file.replace(script, `${BUTTON_ORIGIN}/`) : file] as const,
    );
    await serveInMemory(context, button, plain, new Map(moved));
    await tab.goto(`${plain}/slots`);
    await tab.getByText("My own refusal").waitFor();
    await tab.goto(`${plain}/good`);
    await tab.getByText("Installing works only on pages that come over HTTPS").waitFor();
    const name = "customElements.get('flashwright-button')";
    expect(await tab.evaluate(`[${name}.isAllowed, ${name}.isSupported]`)).toEqual([false, false]);
  });

  it("says so where what it needs cannot be loaded", async () => {
    await context.route(/\/button\/open-dialog-/, (route) => route.abort());
    await tab.goto(`${site.origin}/good`);
    await press("Install");
    await tab.getByRole("alert").getByText("The installer could not be loaded.").waitFor();
  });
});
