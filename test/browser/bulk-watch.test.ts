/** The watch on a page's thread, without which "nothing was noted" says nothing. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { describeWith } from "../support/requirements.js";
import { bulkSeen, watchBulk } from "./support/bulk-watch.js";
import { launchChromium } from "./support/chromium.js";

/** Gives back what it gets. */
const ECHO = "data:text/javascript,onmessage = ({ data }) => postMessage(data)";
const roundTrip = (message: string) =>
  `new Promise((resolve) => {
    const worker = new Worker(${JSON.stringify(ECHO)});
    worker.onmessage = ({ data }) => { worker.terminate(); resolve(data instanceof Blob); };
    worker.postMessage(${message});
  })`;

describeWith(["chromium"], "the watch on the page's thread", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    await watchBulk(page);
  });
  afterAll(() => browser?.close());
  beforeEach(() => page.goto("data:text/html,<title>Test</title>"));

  it.each<[string, string, readonly string[]]>([
    ["is made", "new Uint8Array(65537) && 0", ["new Uint8Array: 65537"]],
    ["is copied", "new Uint8Array(65537).slice() && 0", ["new Uint8Array: 65537", "Uint8Array.slice: 65537"]],
    [
      "is gone through",
      "{ for (const one of new Uint8Array(65537)) break; 0 }",
      ["new Uint8Array: 65537", "Uint8Array.Symbol(Symbol.iterator): 65537"],
    ],
    [
      "is read from a file",
      "new Blob(['x'.repeat(65537)]).arrayBuffer().then(() => 0)",
      ["Blob.arrayBuffer: 65537"],
    ],
    ["is read as text", "new Blob(['x'.repeat(65537)]).text().then(() => 0)", ["Blob.text: 65537"]],
    [
      "is fetched",
      "fetch('data:,' + 'x'.repeat(65537)).then((answer) => answer.text()).then(() => 0)",
      ["Response.text: 65537"],
    ],
    [
      "is sent to a worker and comes back",
      roundTrip("{ parts: [new Uint8Array(65537)] }"),
      ["new Uint8Array: 65537", "Worker.postMessage: 65537", "message: 65537"],
    ],
    [
      "is encoded",
      "new TextEncoder().encode('x'.repeat(65537)) && 0",
      ["TextEncoder.encode: 65537", "TextEncoder.encode: 65537"],
    ],
  ])("notes what %s", async (_, script, noted) => {
    await page.evaluate(script);
    expect((await bulkSeen(page)).map((line) => line.replace(/ at .*/, ""))).toEqual(noted);
  });

  it("lets 64 KiB pass, and a file that is only handed on", async () => {
    await page.evaluate("new Uint8Array(65536).slice().fill(1) && 0");
    expect(await page.evaluate(roundTrip("new Blob([new Uint8Array(60000), 'x'.repeat(100000)])"))).toBe(
      true,
    );
    expect(await bulkSeen(page)).toEqual([]);
  });
});
