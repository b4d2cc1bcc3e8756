import { createVirtualBoard, type VirtualBoard } from "@flashwright/virtual-device";
import { type PtyBoardServer, servePty } from "@flashwright/virtual-device/node";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bootImage, noise } from "../support/content.js";
import { describeWith } from "../support/requirements.js";
import type { FlashPage } from "./scripts/flash-page.js";
import { bundleScripts } from "./support/bundle.js";
import { SerialBench } from "./support/serial-bench.js";
import { WireLog, watched } from "./support/watched-board.js";
import { type Display, startDisplay } from "./support/xvfb.js";

declare const page: FlashPage;

const NAME = "CH340 (1a86:7523)";
/** For a busy machine. */
const PATIENCE = { timeout: 10_000 };
const IMAGE = noise(0x100000, 8);

describeWith(
  ["linux", "python3", "cc", "chromium", "xvfb", "namespaces"],
  "a tab of Chromium that nobody looks at, with its timers slowed down",
  () => {
    let display: Display;
    let bench: SerialBench;
    let board: VirtualBoard;
    let terminal: PtyBoardServer;
    let tab: Page;

    beforeAll(async () => {
      display = await startDisplay();
      bench = await SerialBench.start({
        adapters: [{ vendorId: "1a86", productId: "7523" }],
        files: await bundleScripts("flash-page", "flash-worker"),
        display: display.name,
      });
      board = createVirtualBoard({ flash: bootImage() });
      terminal = await servePty(watched(board, new WireLog()), { modemDirectory: bench.modemDirectory });
      await bench.attach(terminal.path);
      tab = await bench.openPage();
      await tab.addScriptTag({ type: "module", url: "/flash-page.js" });
      await tab.evaluate((text) => page.setImage(text), Buffer.from(IMAGE).toString("base64"));
    });
    afterAll(async () => {
      await bench?.close();
      await terminal?.close();
      await display?.close();
    });

    it("flashes like a visible one, while a timer in it hardly runs; in a worker nothing is slower", async () => {
      const seen = await tab.evaluate((name) => page.flashBesideTimer(name), NAME);
      const cover = await tab.context().newPage();
      await cover.bringToFront();
      await expect.poll(() => tab.evaluate(() => document.visibilityState), PATIENCE).toBe("hidden");
      const hidden = await tab.evaluate((name) => page.flashBesideTimer(name), NAME);
      const { report: inWorker } = await tab.evaluate((name) => page.flashInWorker(name), NAME);
      expect([seen.visibility, hidden.visibility]).toEqual(["visible", "hidden"]);
      // The timer is a control: where it runs as ever, this test shows nothing.
      expect(seen.ticks / seen.due).toBeGreaterThan(0.2);
      expect(hidden.ticks / hidden.due).toBeLessThan(0.05);
      expect(hidden.flashMs).toBeLessThan(3 * seen.flashMs + 1000);
      // The waits within a reset are timers: in the page each of them takes a second, in a worker what it is to take.
      expect(inWorker.totalMs).toBeLessThan(hidden.totalMs);
      const share = ({ ticks, due }: typeof seen) =>
        `${Math.round((100 * ticks) / due)} % of the timer's ticks`;
      console.info(
        `1 MiB seen: ${Math.round(seen.flashMs)} of ${Math.round(seen.totalMs)} ms, ${share(seen)}; ` +
          `hidden: ${Math.round(hidden.flashMs)} of ${Math.round(hidden.totalMs)} ms, ${share(hidden)}; ` +
          `hidden, in a worker: ${Math.round(inWorker.flashMs)} of ${Math.round(inWorker.totalMs)} ms`,
      );
    });
  },
);
