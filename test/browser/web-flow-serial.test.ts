import { madeFiles, release1v95 } from "@flashwright/core/demo";
import { createVirtualBoard, type VirtualBoard } from "@flashwright/virtual-device";
import { type PtyBoardServer, servePty } from "@flashwright/virtual-device/node";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { bootImage } from "../support/content.js";
import { describeWith } from "../support/requirements.js";
import { servePageFiles } from "./support/page-files.js";
import { type ServedPage, servePage } from "./support/page-server.js";
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
    let served: ServedPage;
    let bench: SerialBench;
    let context: BrowserContext;
    let page: Page;
    let board: VirtualBoard;
    let terminal: PtyBoardServer;
    let errors: string[];

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

    it("flashes a board on USB, from its port to a firmware that boots", async () => {
      await press(CH340);
      await heading(/^ESP8266EX · 4 MB$/);
      await planSample();
      await press("Flash");
      await heading(/^Done. It boots.$/);
      const user1 = madeFiles(release1v95)[1]!.bytes;
      expect(Buffer.from(board.flash.slice(0x1000, 0x1000 + user1.length)).equals(Buffer.from(user1))).toBe(
        true,
      );
      await press("Flash another board");
      await heading(/^Flash an ESP8266/);
    });

    it("says that the board is gone, and flashes it when it is back", async () => {
      await press(CH340);
      await heading(/^ESP8266EX/);
      await planSample();
      await bench.tell("remove");
      await terminal.close();
      await press("Flash");
      const alert = page.getByRole("alert");
      await alert.getByText(`${CH340} disappeared while it was in use.`).first().waitFor();

      await serve();
      await bench.tell("add");
      await press("Connect again");
      await heading(/^ESP8266EX/);
      await press("Plan");
      await heading(/^Install/);
      await press("Flash");
      await heading(/^Done. It boots.$/);
    });

    it("opens the port itself where the browser's workers have none, and lends it", async () => {
      const old = await bench.newContext();
      const without = "Object.defineProperty(navigator, 'serial', { value: undefined });";
      await servePageFiles(old, ORIGIN, served.folder, (file, text) =>
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
