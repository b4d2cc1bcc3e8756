/** The page's console in Chromium: what it says beside the terminal, what it sends, and what it holds back. @module */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeBackup } from "@flashwright/core/backup";
import { madeFiles, release1v95 } from "@flashwright/core/demo";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { describeWith } from "../support/requirements.js";
import { seriousFindings } from "./support/accessibility.js";
import { launchChromium } from "./support/chromium.js";
import { type ServedPage, servePage } from "./support/page-server.js";

const FLASH_SIZE = 0x40_0000;

/** Espruino 1v95 for 4 MB under the map of a chip without the split that it needs: saving Wi-Fi settings erases its code. */
function wronglyFlashed(): Uint8Array {
  const places = [0, 0x1000, 0x3f_c000, 0x3f_e000];
  const bytes = new Uint8Array(FLASH_SIZE).fill(0xff);
  for (const [index, file] of madeFiles(release1v95).entries()) bytes.set(file.bytes, places[index]!);
  bytes[3] = 0x4f;
  return makeBackup({
    chip: { target: "esp8266", name: "ESP8266EX", mac: "5c:cf:7f:02:9a:b7" },
    flash: { id: 0x1640e0 },
    flashSize: FLASH_SIZE,
    date: "2026-11-28T20:00:00Z",
    contents: { covers: [{ offset: 0, size: FLASH_SIZE }], pieces: [{ offset: 0, bytes }] },
  }).bytes;
}

describeWith(["chromium"], "the console of the page in Chromium", () => {
  let served: ServedPage;
  let browser: Browser;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    [served, browser] = await Promise.all([servePage(), launchChromium()]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    page.setDefaultTimeout(15_000);
    await page.addInitScript("delete window.showSaveFilePicker");
    errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
  });
  afterEach(async () => {
    expect(errors).toEqual([]);
    await page.close();
  });

  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const screen = () => page.locator(".xterm-accessibility");
  const openConsole = async () => {
    await page.goto(`${served.url}?pace=unlimited`);
    await press("With a firmware that complains");
    await page.getByRole("heading", { name: /^ESP8266EX/ }).waitFor();
    await press("Open the console");
    await page.locator(".xterm").waitFor();
  };

  it("reads a start at its own rate, tells what it was, and goes back", async () => {
    await openConsole();
    await press("Reset and read the boot");
    const entry = page.locator(".entry", { hasText: "The board starts" });
    await entry.locator("summary").click();
    await entry.getByText("user1 at 0x00001000").waitFor();
    expect(await entry.locator("dt, dd").allTextContents()).toEqual([
      "Reset",
      "external reset",
      "Boot mode",
      "3, from flash",
      "Loaded",
      expect.stringMatching(/ in 3 pieces$/),
      "Boot loader",
      "the SDK's second boot 1.6",
      "Flash",
      "qio, 40 MHz, 4Mbit(256KB+256KB)",
      "Starts",
      "user1 at 0x00001000",
      "Read at",
      "74880 baud",
    ]);
    await screen().getByText("From here on at 115200.").first().waitFor();
    await page.locator(".xterm textarea").focus();
    await page.keyboard.type("answer = 42\r");
    await screen().getByText("=42").first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  it("offers to read the boot, types commands where they are seen, shows times and bytes, sends a text without loss, and keeps a log", async () => {
    await openConsole();
    await press("Reset the board");
    const unread = page.locator(".entry", { hasText: "Boot messages at another rate" });
    await unread.locator("summary").click();
    await unread.getByRole("button", { name: "Stay at 74880" }).click();
    await press("Reset the board");
    await page.locator(".entry", { hasText: "The board starts" }).waitFor();
    await page.getByLabel("Rate").selectOption("115200");
    await press("process.env");
    await screen().getByText('"BOARD": "ESP8266_BOARD"').first().waitFor();
    await page.getByText("Settings", { exact: true }).click();
    await page.getByLabel("Times in front of lines").check();
    await page.locator(".xterm textarea").focus();
    await page.keyboard.type("x = 3\r");
    await screen()
      .getByText(/^\d\d:\d\d:\d\d\.\d{3} =3/)
      .first()
      .waitFor();
    await page.getByLabel("Bytes in hex").check();
    await page.locator(".xterm textarea").focus();
    await page.keyboard.type("7\r");
    await screen()
      .getByText(/ 0d 0a .*=7/)
      .first()
      .waitFor();
    // Out of the terminal, which keeps the Tab key.
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("xterm-helper-textarea");
    await page.keyboard.press("Control+F6");
    expect(await page.evaluate("document.activeElement.tagName")).toBe("BODY");
    await page.getByLabel("Bytes in hex").uncheck();
    await press("Send text or a file");
    const lines = Array.from({ length: 40 }, (_, index) => `v${index} = "${"x".repeat(40)}"`);
    const box = page.getByLabel("Text to type into the board");
    await box.fill(`${lines.join("\n")}\nnothing()\nlast = 80`);
    await press("Send");
    await page.getByText("Sent: the board has taken all 42.").waitFor();
    await page.getByText("Line 41: ReferenceError").waitFor();
    await screen().getByText("=80").first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await box.fill("f(\n");
    await press("Send");
    await page.getByText("is not finished: a bracket").waitFor();
    const download = page.waitForEvent("download");
    await press("Save the log");
    const log = readFileSync(await (await download).path(), "utf8");
    expect(log).toContain("2nd boot version : 1.6");
    expect(log).toMatch(/^=80$/m);
    await press("Close the console");
    await press("Examine again");
    await page.getByRole("heading", { name: /^ESP8266EX/ }).waitFor();
  });

  it("holds back what would erase the firmware, and plans what puts the map right", async () => {
    const file = join(served.folder, "wrong-map.zip");
    writeFileSync(file, wronglyFlashed());
    await page.goto(`${served.url}?pace=unlimited`);
    await press("Blank, as from the shop");
    await page.getByRole("heading", { name: /^ESP8266EX/ }).waitFor();
    await page.locator('input[accept=".zip"]').setInputFiles(file);
    await page.locator(".plan .primary").click();
    await press("Examine the board");
    await page.getByText("Plan the fix").first().waitFor();
    await press("Open the console");
    await page.locator(".xterm").waitFor();
    await page.keyboard.type('require("Wifi").save()\r');
    const alert = page.getByRole("alert");
    await alert
      .getByText("Saving Wi-Fi settings erases 4 KB (4096 bytes) of the firmware's own code at 0x0007b000.")
      .waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await alert.getByRole("button", { name: "Do not send it" }).click();
    await page.locator(".xterm textarea").focus();
    await page.keyboard.type("x = 2\r");
    await screen().getByText("=2").first().waitFor();
    await page.keyboard.type("wifi.save()\r");
    await alert.getByRole("button", { name: "Plan the fix" }).click();
    await page.getByRole("heading", { name: /^Repair Espruino 1v95/ }).waitFor();
  });
});
