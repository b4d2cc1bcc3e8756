/** The page's console over Chromium's own Web Serial: another rate and back, unplugged and plugged in again. @module */
import { madeFiles, release2v09 } from "@flashwright/core/demo";
import { createVirtualBoard, type VirtualBoard } from "@flashwright/virtual-device";
import { type PtyBoardServer, servePty } from "@flashwright/virtual-device/node";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { describeWith } from "../support/requirements.js";
import { servePageFiles } from "./support/page-files.js";
import { type ServedPage, servePage } from "./support/page-server.js";
import { ORIGIN, SerialBench } from "./support/serial-bench.js";
import { WireLog, watched } from "./support/watched-board.js";

const CH340 = "CH340 (1a86:7523)";

describeWith(
  ["linux", "python3", "cc", "chromium", "namespaces"],
  "the page's console with Chromium's own Web Serial",
  () => {
    const wire = new WireLog();
    let served: ServedPage;
    let bench: SerialBench;
    let context: BrowserContext;
    let page: Page;
    let board: VirtualBoard;
    let terminal: PtyBoardServer;

    beforeAll(async () => {
      served = await servePage();
      const adapters = [{ vendorId: "1a86", productId: "7523" }];
      bench = await SerialBench.start({ adapters, files: new Map() });
      context = await bench.newContext();
      await servePageFiles(context, ORIGIN, served.folder);
    }, 60_000);
    afterAll(async () => {
      await bench?.close();
      await served?.close();
    });
    beforeEach(async () => {
      board = createVirtualBoard();
      const places = [0, 0x1000, 0x7c000, 0x7e000];
      for (const [index, { bytes }] of madeFiles(release2v09).entries())
        board.flash.set(bytes, places[index]!);
      await serve();
      page = await context.newPage();
      page.setDefaultTimeout(20_000);
      await page.goto(`${ORIGIN}/`);
    });
    afterEach(async () => {
      await page.close();
      await terminal.close();
    });

    async function serve(): Promise<void> {
      terminal = await servePty(watched(board, wire), { modemDirectory: bench.modemDirectory });
      await bench.attach(terminal.path);
    }
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    const type = async (keys: string, answer: string) => {
      await page.locator(".xterm textarea").focus();
      await page.keyboard.type(keys);
      await page.locator(".xterm-accessibility").getByText(answer).first().waitFor();
    };

    it("goes to the boot's rate and back, stops sending when told to, and comes back with the board by itself", async () => {
      await press(CH340);
      await page.getByRole("heading", { name: /^ESP8266EX/ }).waitFor();
      await press("Open the console");
      await page.locator(".xterm").waitFor();
      await type("answer = 42\r", "=42");
      wire.forget();
      await press("Reset and read the boot");
      await page.locator(".entry", { hasText: "The board starts" }).waitFor();
      await expect.poll(() => wire.rates.slice(-2), { timeout: 10_000 }).toEqual([74_880, 115_200]);
      await type("answer = 43\r", "=43");

      await press("Send text or a file");
      await page.getByLabel("Text to type into the board").fill(Array(800).fill("1").join("\n"));
      await press("Send");
      await page.getByText(/^[1-9]\d* of 800 taken$/).waitFor();
      await press("Stop sending");
      await page.getByText(/^Stopped: the board has taken [1-9]\d* of 800\.$/).waitFor();
      await press("Close");

      await bench.tell("remove");
      await terminal.close();
      await page.getByText("The board is gone.").waitFor();
      await serve();
      await bench.tell("add");
      await page.getByText("The board is gone.").waitFor({ state: "detached" });
      await type("answer = 44\r", "=44");
    });
  },
);
