import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { makeBackup } from "@flashwright/core/backup";
import { madeFiles, release1v95 } from "@flashwright/core/demo";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { describeWith } from "../support/requirements.js";
import { seriousFindings } from "./support/accessibility.js";
import { bulkSeen, watchBulk } from "./support/bulk-watch.js";
import { launchChromium } from "./support/chromium.js";
import { type ServedPage, servePage } from "./support/page-server.js";

/** Espruino for 4 MB in form and name, which the virtual chip plays. */
const files = madeFiles(release1v95).map(({ name, bytes }) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(bytes),
}));

/** Collects the milliseconds of tasks of 50 ms and more. */
const watchLongTasks = `
  globalThis.longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask" });
`;

/** JavaScript that is there before anything is clicked, gzipped. */
const FIRST_PAINT = 60 * 1024;

describeWith(["chromium"], "the page in Chromium", () => {
  let served: ServedPage;
  let browser: Browser;
  let page: Page;
  let foreign: string[];
  let errors: string[];

  beforeAll(async () => {
    [served, browser] = await Promise.all([servePage(), launchChromium()]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });
  beforeEach(async () => {
    const context = await browser.newContext({ acceptDownloads: true });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    // The chooser of the system waits for a person; without it the page downloads.
    await page.addInitScript("delete window.showSaveFilePicker");
    await watchBulk(page);
    foreign = [];
    errors = [];
    page.on("request", (request) => {
      const isOwn = request.url().startsWith(served.url) || /^(blob|data):/.test(request.url());
      // A page that no agent serves looks for none.
      if (!isOwn || request.url().includes("/api/")) foreign.push(request.url());
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(`${served.url}?pace=unlimited`);
  });
  afterEach(async () => {
    const bulk = await bulkSeen(page);
    await page.context().close();
    expect({ foreign, errors, bulk }).toEqual({ foreign: [], errors: [], bulk: [] });
  });

  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const heading = (name: RegExp) => page.getByRole("heading", { name }).waitFor();

  async function planToErase(): Promise<void> {
    await page.locator(".drawing .name", { hasText: "Radio defaults" }).click();
    await press("Plan to erase it");
    await heading(/^Erase$/);
  }

  it("flashes a blank board from dropped files to a firmware that boots", async () => {
    expect(await seriousFindings(page)).toEqual([]);
    await press("Blank, as from the shop");
    await heading(/^ESP8266EX · 4 MB$/);
    await page.getByText("The flash is empty").first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.locator(".drop input[multiple]").first().setInputFiles(files);
    await page.getByText("Espruino 1v95, build ESP8266_4MB").first().waitFor();
    await press("Plan");
    await heading(/^Install Espruino 1v95/);
    expect(await page.locator(".row.is-written .name").allTextContents()).toContain(
      "espruino_esp8266_user1.bin",
    );
    await page.locator(".map-titles").getByText("under map 4MB-c1").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await press("Flash");
    await heading(/^Done. It boots.$/);
    await page.getByText("written and verified by MD5").waitFor();
    await page.getByText("The boot log shows user1, which was written.").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  it("goes the whole way by keyboard", async () => {
    const to = async (name: string) => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press("Tab");
        const focused = await page.evaluate("document.activeElement?.textContent ?? ''");
        if (focused === name) return page.keyboard.press("Enter");
      }
      throw new Error(`no Tab leads to "${name}"`);
    };
    await to("Blank, as from the shop");
    await heading(/^ESP8266EX/);
    await to("Use a made-up Espruino");
    await page.getByRole("button", { name: "Plan", exact: true }).waitFor();
    await to("Plan");
    await heading(/^Install Espruino/);
    await to("Flash");
    await heading(/^Done. It boots.$/);
    await to("Examine the board");
    await heading(/^ESP8266EX/);
    await page.locator(".drawing .name", { hasText: "Radio defaults" }).waitFor();
    while (!(await page.evaluate("document.activeElement?.matches('.drawings')")))
      await page.keyboard.press("Tab");
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press("ArrowDown");
      if (await page.locator(".region-card h3", { hasText: "Radio defaults" }).isVisible()) break;
    }
    await to("Plan to erase it");
    await heading(/^Erase$/);
    await to("Change nothing");
    await heading(/^ESP8266EX/);
    await to("Open the console");
    await page.locator(".xterm").waitFor();
    await page.keyboard.press("Control+F6");
    await to("Close the console");
    await page.locator(".xterm").waitFor({ state: "detached" });
  }, 60_000);

  it("says what a board complains about, and its button plans what puts it right", async () => {
    await press("With a firmware that complains");
    await page.getByText("The board warns that chip and flash map do not match").waitFor();
    await page.getByRole("button", { name: "Plan the fix" }).first().click();
    await heading(/^Repair Espruino 2v09/);
    await press("Repair");
    await heading(/^Done/);
  });

  it("shows the map as a picture, closer, as bytes and as a table, also by keys", async () => {
    await press("With a firmware that complains");
    const map = page.getByRole("group", { name: /^Map of the flash/ });
    await page.locator(".drawing .name", { hasText: "Your files and settings" }).waitFor();
    await map.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.locator(".region-card").getByRole("heading", { name: "Firmware user1" }).waitFor();
    await page.locator(".drawing .name", { hasText: "Your files and settings" }).click();
    await press("Zoom in");
    await page.locator('[data-sector="487424"]').waitFor({ state: "attached" });
    await press("Show the bytes");
    await page.locator(".hex-lines").getByText("0x00077000").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await press("As a table");
    expect(await page.locator(".region-table tbody tr").count()).toBeGreaterThan(8);
    expect(await seriousFindings(page)).toEqual([]);
  });

  it("saves the whole chip as a file that brings it back", async () => {
    await press("With a firmware that complains");
    await heading(/^ESP8266EX/);
    const download = page.waitForEvent("download");
    await press("Back up the whole chip");
    const saved = await download;
    expect(saved.suggestedFilename()).toMatch(/^flashwright-[0-9a-f]{12}-\d{8}-\d{6}\.zip$/);
    await page.locator(".saved").waitFor();
    await page.locator('input[accept=".zip"]').setInputFiles(await saved.path());
    await heading(/^Restore/);
    await page.getByText("Flash holds all of this already.").waitFor();
    await page.getByText("Only parts of the backup").click();
    await page.getByRole("checkbox", { name: /^Radio defaults/ }).uncheck();
    await press("Plan these parts");
    await page.getByText("Flash holds all of this already.").waitFor();
    await page.getByRole("button", { name: "Plan these parts" }).waitFor();
    expect(await page.getByRole("checkbox", { name: /^Radio defaults/ }).isChecked()).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
  });

  it("erases nothing before its backup is on the disk for certain", async () => {
    // Chromium's own files of a page behave as picked ones do; the first disk is full.
    await page.addInitScript(`
      let picks = 0;
      window.showSaveFilePicker = async () => {
        const folder = await navigator.storage.getDirectory();
        const handle = await folder.getFileHandle("mine.zip", { create: true });
        if (picks++ > 0) return handle;
        const createWritable = async () => { throw new DOMException("full", "QuotaExceededError"); };
        return { name: "mine.zip", createWritable };
      };
    `);
    await page.reload();
    await press("With a firmware that complains");
    await heading(/^ESP8266EX/);
    await planToErase();
    await press("Save a backup first, then go on");
    const alert = page.getByRole("alert");
    await alert.getByText("There is no room for mine.zip.").first().waitFor();
    await alert.getByText("Make room or choose another disk").waitFor();
    await heading(/^Erase$/);
    await press("Save a backup first, then go on");
    await heading(/^Done/);
    await page.getByText("Saved as mine.zip.").waitFor();
    const magic = await page.evaluate(`
      navigator.storage.getDirectory()
        .then((folder) => folder.getFileHandle("mine.zip"))
        .then((handle) => handle.getFile())
        .then((file) => file.slice(0, 2).text())
    `);
    expect(magic).toBe("PK");
  });

  it("asks whether a download is there before it erases anything", async () => {
    await press("With a firmware that complains");
    await heading(/^ESP8266EX/);
    await planToErase();
    const download = page.waitForEvent("download");
    await press("Save a backup first, then go on");
    const name = (await download).suggestedFilename();
    await page.getByText(`${name} was given to the browser as a download. Check that it is there.`).waitFor();
    await heading(/^Erase$/);
    await press("It is there: go on");
    await heading(/^Done/);
  });

  it("flashes 4 MB without keeping the page's thread for long", async () => {
    const bytes = Uint8Array.from({ length: 0x40_0000 }, (_, index) => (index * 2_654_435_761) >>> 13);
    const backup = makeBackup({
      chip: { target: "esp8266", name: "ESP8266EX", mac: "5c:cf:7f:02:9a:b7" },
      flash: { id: 0x1640e0 },
      flashSize: bytes.length,
      date: "2026-11-28T20:00:00Z",
      contents: { covers: [{ offset: 0, size: bytes.length }], pieces: [{ offset: 0, bytes }] },
    });
    const file = { name: "backup.zip", mimeType: "application/zip", buffer: Buffer.from(backup.bytes) };
    await press("Blank, as from the shop");
    await heading(/^ESP8266EX/);
    await page.evaluate(watchLongTasks);
    await page.locator('input[accept=".zip"]').setInputFiles(file);
    await heading(/^Restore/);
    await page.locator(".plan .primary").click();
    await heading(/^Done/);
    const longest: number = await page.evaluate("Math.max(0, ...longTasks)");
    // The aim is 50 ms; a busy machine stretches everything.
    expect(longest).toBeLessThan(200);
  });

  it("says what went wrong, what to do, and lets the details be copied", async () => {
    await press("Blank, as from the shop");
    await heading(/^ESP8266EX/);
    await page
      .locator(".drop input[multiple]")
      .first()
      .setInputFiles([{ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("hello") }]);
    const alert = page.getByRole("alert");
    await alert.getByRole("heading", { name: "That did not work" }).waitFor();
    await alert.getByText("Details", { exact: true }).click();
    expect(await alert.locator("pre").textContent()).toContain("package-not-recognised");
    expect(await seriousFindings(page)).toEqual([]);
  });

  it("draws how to press the buttons where the loader was not reached, and not where that does not help", async () => {
    // The site's own service worker would answer for the script of the engine.
    const context = await browser.newContext({ serviceWorkers: "block" });
    const bare = await context.newPage();
    let code = "connect-running";
    const answer = () => {
      const hands = code === "connect-running" ? { hands: "flash-and-reset" } : {};
      const problem = {
        code,
        message: "It runs.",
        hint: "Do this.",
        details: code,
        isCancelled: false,
        ...hands,
      };
      return `onmessage = ({ data }) => {
        const answer = data.method === "connect" ? { problem: ${JSON.stringify(problem)} } : { value: true };
        if (data.id !== undefined) postMessage({ id: data.id, ...answer });
      };`;
    };
    await bare.route(/worker-[^/]*\.js$/, (route) =>
      route.fulfill({ contentType: "text/javascript", body: answer() }),
    );
    const fail = async () => {
      await bare.goto(served.url);
      await bare.getByRole("button", { name: "Blank, as from the shop" }).click();
      await bare.getByRole("alert").waitFor();
    };
    const steps = bare.locator(".boot-mode ol");
    await fail();
    expect(await steps.evaluateAll((lists) => lists.map(({ children }) => children.length))).toEqual([4, 4]);
    await bare.getByRole("img", { name: "Join GPIO0 to GND with a wire." }).waitFor();
    await bare.getByRole("button", { name: "Connect again", exact: true }).waitFor();
    expect(await seriousFindings(bare)).toEqual([]);
    code = "connect-strapping";
    await fail();
    expect(await steps.count()).toBe(0);
    await context.close();
  });

  it("reads a boot log and a dump without a board", async () => {
    const missed = await page.evaluate<boolean>(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["x"], "dump.bin"));
      return document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
    })()`);
    expect(missed, "the browser would leave the page for the file").toBe(false);
    await page.locator("textarea").fill("ets Jan  8 2013,rst cause:2, boot mode:(3,6)\n\nets_main.c \n");
    await press("Examine the text");
    await page.getByText("Choose a firmware for the board, and flash it.").waitFor();
    await press("Close");
    const buffer = Buffer.alloc(0x8_0000, 0xff);
    await page
      .locator(".no-board input")
      .setInputFiles([{ name: "dump.bin", mimeType: "application/octet-stream", buffer }]);
    await heading(/^Dump · 512 KB$/);
    expect(await seriousFindings(page)).toEqual([]);
  });

  it("loads no more JavaScript than 60 KB, gzipped, before anything is clicked", async () => {
    const html = readFileSync(join(served.folder, "index.html"), "utf8");
    const scripts = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file!);
    const sizes = scripts.map((file) => gzipSync(readFileSync(join(served.folder, file))).length);
    expect(scripts.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_PAINT);
    // What is loaded when it is used is there in files of its own.
    const assets = readdirSync(join(served.folder, "assets"));
    for (const lazy of ["flash-map-", "hex-view-", "sample-"]) {
      expect(assets.some((file) => file.startsWith(lazy))).toBe(true);
    }
  });
});
