/** The page in a language that is made of English: what is shown in plain letters is in no catalogue, or is data. @module */
import { madeFiles, release1v95 } from "@flashwright/core/demo";
import { englishMessages } from "@flashwright/core/messages";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { english } from "../../apps/web/src/words/en.js";
import { accented } from "../../apps/web/src/words/pseudo.js";
import { describeWith } from "../support/requirements.js";
import { seriousFindings } from "./support/accessibility.js";
import { launchChromium } from "./support/chromium.js";
import { type ServedPage, servePage } from "./support/page-server.js";
import { clippedTexts, textsOf } from "./support/texts.js";

const PHONE = { width: 390, height: 844 };

const files = madeFiles(release1v95).map(({ name, bytes }) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(bytes),
}));

/** What is the same in every language: numbers, names that somebody else gave, commands, quotations. */
const DATA = [
  /`[^`]*`/g,
  /“[^”]*”/g,
  /\b(?:end-)?0x[0-9a-f]+\b/g,
  /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/g,
  /[\w./-]+\.(?:bin|zip|tgz|txt|svg|log)\b/g,
  /\b(?:\d+(?:KB|MB|m|Mbit)(?:-[cC]1)?|qio|dio)\b/g,
  /\b(?:Espruino \dv\d\d|ESP8266EX|ESP8266_\w+|BergMicro|virtual:esp-12f)(?!\w)/g,
  /\buser[12]\b/g,
  // What the console's buttons type: `require("Wifi").getIP()`.
  /\b\w+(?:\.\w+|\((?:"\w*"|\d*)\))+/g,
];

/** Ids of regions, which are commands' names for them. */
const IDS = new Set(Object.keys(englishMessages).flatMap((code) => /^region-(.+)/.exec(code)?.[1] ?? []));

/** Ids that a reason begins with. */
const IDS_FIRST = new RegExp(`(?<=⟦)(?:${[...IDS].join("|")}):`, "g");

/** The words of a text that are neither accented nor data. */
function plainWords(text: string): string[] {
  if (IDS.has(text)) return [];
  const rest = [...DATA, IDS_FIRST].reduce((left, data) => left.replaceAll(data, " "), text);
  return rest.match(/[A-Za-z][A-Za-z'-]+/g) ?? [];
}

describeWith(["chromium"], "the page in a language of accents", () => {
  let served: ServedPage;
  let browser: Browser;

  beforeAll(async () => {
    [served, browser] = await Promise.all([servePage(), launchChromium()]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  /** Dark and narrow: light and wide is what the tests of the flow look at. */
  async function open(): Promise<Page> {
    const context = await browser.newContext({ viewport: PHONE, colorScheme: "dark", acceptDownloads: true });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.addInitScript("delete window.showSaveFilePicker");
    await page.goto(`${served.url}?pace=unlimited&lang=qps-ploc`);
    return page;
  }

  it("says nothing that is not in a catalogue, cuts nothing off on a telephone, and lets axe find nothing serious", async () => {
    const page = await open();
    const plain: Record<string, string[]> = {};
    const clipped: Record<string, string[]> = {};
    const serious: Record<string, string[]> = {};
    const look = async (screen: string) => {
      const texts = await textsOf(page);
      plain[screen] = texts.filter((text) => plainWords(text).length > 0);
      clipped[screen] = await clippedTexts(page);
      // The tag of a language that nobody speaks is no mistake here.
      serious[screen] = (await seriousFindings(page)).filter((found) => !found.startsWith("html-lang-valid"));
    };
    const press = (text: string) =>
      page
        .getByRole("button", { name: accented(text), exact: true })
        .first()
        .click();
    const { start, board, firmware, plan, done, map, noBoard, problem, work } = english;

    await page.locator(".no-board").waitFor();
    expect(await page.evaluate("document.documentElement.lang")).toBe("qps-ploc");
    await look("start");

    await page
      .locator("textarea")
      .fill("ets Jan  8 2013,rst cause:4, boot mode:(3,6)\n\nwdt reset\ncsum err\n");
    await press(noBoard.examine);
    await page.locator(".findings").waitFor();
    await look("text");
    await press(problem.close);

    await press(start.virtualEspruino);
    await page.locator(".findings .finding").first().waitFor();
    await page.locator(".drawing svg").waitFor();
    await look("board");
    await press(map.table);
    await page.locator(".region-table button").nth(3).click();
    await look("table");
    await press(map.picture);
    await press(map.zoom);
    await press(map.bytes);
    await page.locator(".hex-lines").waitFor();
    await look("bytes");

    await press(board.fix);
    await page.locator(".plan").waitFor();
    await page.locator(".map-titles span").nth(1).waitFor();
    await look("repair");
    await press(plan.drop);
    await page.locator("#board-title").waitFor();

    await page
      .locator(".drop input[multiple]")
      .first()
      .setInputFiles([{ ...files[0]!, name: "notes.txt", buffer: Buffer.from("hello") }]);
    await page.locator(".failure details summary").click();
    await look("failure");
    await press(problem.close);

    await page.locator(".drop input[multiple]").first().setInputFiles(files);
    await page.locator(".parts").waitFor();
    await page.locator("details summary", { hasText: accented(firmware.options) }).click();
    await look("firmware");
    await press(firmware.plan);
    await page.locator(".plan .rows").waitFor();
    await look("plan");
    await press(plan.go);
    await page.locator(".done").waitFor();
    await look("done");
    await press(english.console.open);
    await page.locator(".xterm").waitFor();
    await look("console");
    await press(english.console.close);
    await press(done.examine);
    await page.locator("#board-title").waitFor();
    await page.locator(".drawing .name", { hasText: accented("Radio defaults") }).click();
    await press(map.erase);
    await page.locator(".plan .choice").waitFor();
    await look("erase");
    await press(plan.drop);
    await page.locator("#board-title").waitFor();
    const download = page.waitForEvent("download");
    await press(board.backUp);
    await download;
    await page.locator(".saved").waitFor();
    await look("saved");
    await press(board.disconnect);

    await page
      .locator(".no-board input")
      .setInputFiles([
        { name: "dump.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(0x8_0000, 0xff) },
      ]);
    await page.locator("#board-title").waitFor();
    await look("dump");

    await page.goto(page.url().replace("unlimited", "line"));
    await press(start.virtualBlank);
    await page.locator(".work").waitFor();
    await look("work");
    await press(work.stop);
    await page.locator(".failure").waitFor();
    await look("stopped");

    const none = Object.fromEntries(Object.keys(plain).map((screen) => [screen, []]));
    expect(plain).toEqual(none);
    expect(clipped).toEqual(none);
    expect(serious).toEqual(none);
    await page.context().close();
  }, 120_000);
});
