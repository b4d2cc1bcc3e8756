import { madeFiles, release1v95 } from "@flashwright/core/demo";
import { createVirtualBoard, type VirtualBoard } from "@flashwright/virtual-device";
import { type PtyBoardServer, servePty } from "@flashwright/virtual-device/node";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { bootImage } from "../support/content.js";
import { describeWith } from "../support/requirements.js";
import { builtPage } from "./support/built-page.js";
import { servePageFiles } from "./support/page-files.js";
import { ORIGIN, SerialBench } from "./support/serial-bench.js";
import { WireLog, watched } from "./support/watched-board.js";

const CH340 = "CH340 (1a86:7523)";
const files = madeFiles(release1v95).map(({ name, bytes }) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(bytes),
}));

describeWith(
  ["linux", "python3", "cc", "chromium", "namespaces"],
  "the page with Chromium's own Web Serial",
  () => {
    let folder: string;
    let bench: SerialBench;
    let context: BrowserContext;
    let page: Page;
    let board: VirtualBoard;
    let terminal: PtyBoardServer;
    let errors: string[];

    beforeAll(async () => {
      folder = await builtPage();
      const adapters = [{ vendorId: "1a86", productId: "7523" }];
      bench = await SerialBench.start({ adapters, files: new Map() });
      context = await bench.newContext();
      await servePageFiles(context, ORIGIN, folder);
    }, 60_000);
    afterAll(async () => {
      await bench?.close();
    });

    beforeEach(async () => {
      board = createVirtualBoard({ flash: bootImage() });
      await serve();
      page = await context.newPage();
      page.setDefaultTimeout(20_000);
      errors = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      await page.goto(`${ORIGIN}/`);
    });
    afterEach(async () => {
      await page.close();
      await terminal.close();
      expect(errors).toEqual([]);
    });

    async function serve(): Promise<void> {
      terminal = await servePty(watched(board, new WireLog()), { modemDirectory: bench.modemDirectory });
      await bench.attach(terminal.path);
    }
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    const heading = (name: RegExp) => page.getByRole("heading", { name }).waitFor();

    async function planSample(): Promise<void> {
      await page.locator(".drop input[multiple]").first().setInputFiles(files);
      await press("Plan");
      await heading(/^Install Espruino 1v95/);
    }

    function expectUser1(): void {
      const user1 = madeFiles(release1v95)[1]!.bytes;
      const there = board.flash.subarray(0x1000, 0x1000 + user1.length);
      expect(Buffer.compare(there, user1)).toBe(0);
    }
    async function unplugWhileWriting(): Promise<void> {
      const before = board.statistics.programs;
      const written = () => board.statistics.programs - before;
      await expect.poll(written, { interval: 5, timeout: 20_000 }).toBeGreaterThan(50);
      // The terminal goes first: telling udev takes as long as writing the rest would.
      await terminal.close();
      await bench.tell("remove");
    }
    async function plugIn(): Promise<void> {
      await serve();
      await bench.tell("add");
    }

    it("flashes a board on USB, from its port to a firmware that boots", async () => {
      await press(CH340);
      await heading(/^ESP8266EX · 4 MB$/);
      await planSample();
      await press("Flash");
      await heading(/^Done. It boots.$/);
      expectUser1();
      await press("Flash another board");
      await heading(/^Flash an ESP8266/);
    });

    it("waits for a board that is unplugged in the middle, and goes on by itself", async () => {
      await press(CH340);
      await heading(/^ESP8266EX/);
      await planSample();
      await press("Flash");
      await unplugWhileWriting();
      await heading(/^The board is gone: plug it in again/);

      await plugIn();
      await heading(/^Done. It boots.$/);
      expectUser1();
    });

    it("says that another tab has the port, and connects once that lets it go", async () => {
      await press(CH340);
      await heading(/^ESP8266EX/);
      const second = await context.newPage();
      await second.goto(`${ORIGIN}/`);
      await second.getByRole("button", { name: CH340, exact: true }).click();
      const alert = second.getByRole("alert");
      await alert.getByText(`${CH340} is in use by another tab of this page.`).first().waitFor();
      await alert.getByText("Disconnect there, then connect again here.").waitFor();

      await press("Disconnect");
      await heading(/^Flash an ESP8266/);
      await second.getByRole("button", { name: "Connect again", exact: true }).click();
      await second.getByRole("heading", { name: /^ESP8266EX/ }).waitFor();
      await second.close();
    });

    it("opens the port itself where the browser's workers have none, and lends it, also again", async () => {
      const old = await bench.newContext();
      const without = "Object.defineProperty(navigator, 'serial', { value: undefined });";
      await servePageFiles(old, ORIGIN, folder, (file, text) =>
        /worker-[^/]*\.js$/.test(file) ? `${without}${text}` : text,
      );
      await page.close();
      page = await old.newPage();
      page.setDefaultTimeout(20_000);
      await page.goto(`${ORIGIN}/`);
      await press(CH340);
      await heading(/^ESP8266EX/);
      await planSample();
      await press("Flash");
      await unplugWhileWriting();
      await heading(/^The board is gone: plug it in again/);
      await plugIn();
      await heading(/^Done. It boots.$/);
      await press("Flash another board");
      await heading(/^Flash an ESP8266/);
    });

    it("lets the board run and frees its port when the page is left", async () => {
      await press(CH340);
      await heading(/^ESP8266EX/);
      await planSample();
      expect(board.state.mode).not.toBe("application");
      await page.goto("about:blank");
      await expect.poll(() => board.state.mode, { timeout: 10_000 }).toBe("application");
      await page.goto(`${ORIGIN}/`);
      await press(CH340);
      await heading(/^ESP8266EX/);
    });
  },
);
