/** The whole page in a tab that nobody looks at, with all that Chromium does to such tabs. */
import { madeFiles, release1v95 } from "@flashwright/core/demo";
import { createVirtualBoard, type VirtualBoard } from "@flashwright/virtual-device";
import {
  type BoardServer,
  type PtyBoardServer,
  servePty,
  serveRfc2217,
} from "@flashwright/virtual-device/node";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { bootImage } from "../support/content.js";
import { describeWith } from "../support/requirements.js";
import { AgentProcess } from "./support/agent-process.js";
import { builtPage } from "./support/built-page.js";
import { Hands } from "./support/hands.js";
import { servePageFiles } from "./support/page-files.js";
import { ORIGIN, SerialBench } from "./support/serial-bench.js";
import { WireLog, watched } from "./support/watched-board.js";
import { type Display, startDisplay } from "./support/xvfb.js";

const CH340 = "CH340 (1a86:7523)";
const TEST_MS = 120_000;
/** For a busy machine. */
const PATIENCE = { timeout: 10_000 };
const TICK_MS = 10;
const files = madeFiles(release1v95).map(({ name, bytes }) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(bytes),
}));
const user1 = Buffer.from(madeFiles(release1v95)[1]!.bytes);

/** Counts beside the page what comes of a timer, and when the page shows that it is done. */
const watchTicks = `
  globalThis.ticks = 0;
  setInterval(() => { ticks++; }, ${TICK_MS});
  globalThis.doneAt = new Promise((resolve) => {
    const look = () => {
      if (document.querySelector("#done-title") === null) return;
      observer.disconnect();
      resolve(performance.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true });
  });
  undefined;
`;
const press = (name: string) =>
  `[...document.querySelectorAll("button")].find((one) => one.textContent === ${JSON.stringify(name)}).click()`;

/** A flash by the page, from its button to the end of it. */
interface Flash {
  readonly visibility: string;
  readonly ms: number;
  /** Of the ticks of a control timer those that came. */
  readonly tickShare: number;
}

describeWith(
  ["linux", "python3", "cc", "chromium", "xvfb", "namespaces"],
  "the page in a tab that nobody looks at",
  () => {
    let display: Display;
    let bench: SerialBench;
    let context: BrowserContext;
    let agent: AgentProcess;
    let board: VirtualBoard;
    let cable: PtyBoardServer;
    let network: BoardServer;

    beforeAll(async () => {
      display = await startDisplay();
      const adapters = [{ vendorId: "1a86", productId: "7523" }];
      bench = await SerialBench.start({ adapters, files: new Map(), display: display.name });
      context = await bench.newContext();
      await servePageFiles(context, ORIGIN, await builtPage());
      cable = await servePty(() => watched(board, new WireLog())(), { modemDirectory: bench.modemDirectory });
      await bench.attach(cable.path);
      network = await serveRfc2217(() => board.reconnect(), { host: "127.0.0.1", port: 0 });
      agent = new AgentProcess("--port", network.address);
      await agent.firstLink();
    }, 60_000);
    afterAll(async () => {
      await bench?.close();
      await agent?.end();
      await cable?.close();
      await network?.close();
      await display?.close();
    });
    beforeEach(() => {
      board = createVirtualBoard({ flash: bootImage() });
    });

    /** Flashes a chip that holds nothing of it. Nothing of Playwright's waits in the page, and nothing of it is a timer. */
    async function flash(page: Page, isHidden: boolean): Promise<Flash> {
      const hands = new Hands(page);
      await page.bringToFront();
      await hands.press("Plan");
      await hands.heading(/^Install Espruino 1v95/);
      await page.evaluate(watchTicks);
      const cover = isHidden ? await context.newPage() : undefined;
      await cover?.bringToFront();
      const wanted = isHidden ? "hidden" : "visible";
      await expect.poll(() => page.evaluate("document.visibilityState"), PATIENCE).toBe(wanted);
      const seen: Flash = await page.evaluate(`(async () => {
        const [start, before] = [performance.now(), ticks];
        ${press("Flash")};
        const ms = (await doneAt) - start;
        return { visibility: document.visibilityState, ms, tickShare: (ticks - before) / (ms / ${TICK_MS}) };
      })()`);
      await cover?.close();
      await page.bringToFront();
      await hands.heading(/^Done. It boots.$/);
      expect(Buffer.from(board.flash.slice(0x1000, 0x1000 + user1.length)).equals(user1)).toBe(true);
      return seen;
    }

    /** The same twice, looked at and not. */
    async function compare(way: string, page: Page): Promise<void> {
      page.setDefaultTimeout(20_000);
      await new Hands(page).chooseFiles(files);
      const seen = await flash(page, false);
      board.flash.fill(0xff);
      board.flash.set(bootImage());
      await new Hands(page).press("Examine the board");
      const hidden = await flash(page, true);
      expect([seen.visibility, hidden.visibility]).toEqual(["visible", "hidden"]);
      const share = ({ tickShare }: Flash) => `${Math.round(100 * tickShare)} % of the timer's ticks`;
      console.info(
        `${way}: seen ${Math.round(seen.ms)} ms, ${share(seen)}; ` +
          `hidden ${Math.round(hidden.ms)} ms, ${share(hidden)}`,
      );
      // The timer is a control: where it runs as ever, this test shows nothing.
      expect(seen.tickShare).toBeGreaterThan(0.2);
      expect(hidden.tickShare).toBeLessThan(0.05);
      expect(hidden.ms).toBeLessThan(1.5 * seen.ms + 1000);
    }

    it("flashes over Web Serial as fast as one that is looked at", { timeout: TEST_MS }, async () => {
      const page = await context.newPage();
      await page.goto(`${ORIGIN}/`);
      const hands = new Hands(page);
      await hands.press(CH340);
      await hands.heading(/^ESP8266EX/);
      await compare("Web Serial", page);
      await page.close();
    });

    it("flashes through the agent as fast as one that is looked at", { timeout: TEST_MS }, async () => {
      const page = await context.newPage();
      await page.goto(await agent.newLink());
      const hands = new Hands(page);
      await hands.press(network.address);
      await hands.heading(/^ESP8266EX/);
      await compare("agent", page);
      await page.close();
    });
  },
);
