/** The whole page in a tab that nobody looks at, with all that Chromium does to such tabs. */
import { madeFiles, release1v95 } from "@flashwright/core/demo";
import { createVirtualBoard, type VirtualBoard } from "@flashwright/virtual-device";
import {
  type BoardServer,
  type PtyBoardServer,
  servePty,
  serveRfc2217,
} from "@flashwright/virtual-device/node";
import type { BrowserContext } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
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
  clearInterval(globalThis.ticking);
  globalThis.ticking = setInterval(() => { ticks++; }, ${TICK_MS});
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

/** A tab with the page, and the board to which it is connected. */
interface Tab {
  readonly hands: Hands;
  readonly board: VirtualBoard;
}

const createBoard = () => createVirtualBoard({ board: "esp-12f", flash: bootImage() });

/** Makes the plan for a chip that holds nothing of it; a tab that is not in front takes no clicks. */
async function prepare({ hands }: Tab): Promise<void> {
  await hands.page.bringToFront();
  await hands.heading(/^ESP8266EX/);
  await hands.press("Plan");
  await hands.heading(/^Install Espruino 1v95/);
  await hands.page.evaluate(watchTicks);
}

/** Presses the button in whatever tab, and waits without any timer in it. */
function flash({ hands }: Tab): Promise<Flash> {
  return hands.page.evaluate(`(async () => {
    const [start, before] = [performance.now(), ticks];
    ${press("Flash")};
    const ms = (await doneAt) - start;
    return { visibility: document.visibilityState, ms, tickShare: (ticks - before) / (ms / ${TICK_MS}) };
  })()`);
}

/** Both at the same time, one of them hidden behind the other. */
async function flashBoth(front: Tab, behind: Tab): Promise<[Flash, Flash]> {
  for (const tab of [behind, front]) await prepare(tab);
  const isHidden = () => behind.hands.page.evaluate("document.visibilityState === 'hidden'");
  await expect.poll(isHidden, PATIENCE).toBe(true);
  return Promise.all([flash(front), flash(behind)]);
}

/** What came of it; then the chip is as it was, and looked at again. */
async function beginAgain({ hands, board }: Tab): Promise<void> {
  await hands.page.bringToFront();
  await hands.heading(/^Done. It boots.$/);
  expect(Buffer.from(board.flash.slice(0x1000, 0x1000 + user1.length)).equals(user1)).toBe(true);
  board.flash.fill(0xff);
  board.flash.set(bootImage());
  await hands.press("Examine the board");
}

/** The same over one way, looked at and not. */
function expectNoSlower(way: string, seen: Flash, hidden: Flash): void {
  const share = ({ tickShare }: Flash) => `${Math.round(100 * tickShare)} % of the timer's ticks`;
  console.info(
    `${way}: seen ${Math.round(seen.ms)} ms, ${share(seen)}; hidden ${Math.round(hidden.ms)} ms, ${share(hidden)}`,
  );
  expect([seen.visibility, hidden.visibility]).toEqual(["visible", "hidden"]);
  // The timer is a control: where it runs as ever, this test shows nothing.
  expect(seen.tickShare).toBeGreaterThan(0.2);
  expect(hidden.tickShare).toBeLessThan(0.05);
  expect(hidden.ms).toBeLessThan(1.5 * seen.ms + 1000);
}

describeWith(
  ["linux", "python3", "cc", "chromium", "xvfb", "namespaces"],
  "the page in a tab that nobody looks at",
  () => {
    let display: Display;
    let bench: SerialBench;
    let context: BrowserContext;
    let agent: AgentProcess;
    let cable: PtyBoardServer;
    let network: BoardServer;
    const [wired, networked] = [createBoard(), createBoard()];

    beforeAll(async () => {
      display = await startDisplay();
      const adapters = [{ vendorId: "1a86", productId: "7523" }];
      bench = await SerialBench.start({ adapters, files: new Map(), display: display.name });
      context = await bench.newContext();
      await servePageFiles(context, ORIGIN, await builtPage());
      cable = await servePty(watched(wired, new WireLog()), { modemDirectory: bench.modemDirectory });
      await bench.attach(cable.path);
      network = await serveRfc2217(() => networked.reconnect(), { host: "127.0.0.1", port: 0 });
      agent = new AgentProcess("--port", network.address);
    }, 60_000);
    afterAll(async () => {
      await bench?.close();
      await agent?.end();
      await cable?.close();
      await network?.close();
      await display?.close();
    });

    async function connect(address: string, port: string, board: VirtualBoard): Promise<Tab> {
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      await page.goto(address);
      const hands = new Hands(page);
      await hands.press(port);
      await hands.heading(/^ESP8266EX/);
      await hands.chooseFiles(files);
      return { hands, board };
    }

    it("flashes as fast as one that is looked at, over Web Serial and through the agent", {
      timeout: TEST_MS,
    }, async () => {
      const serial = await connect(`${ORIGIN}/`, CH340, wired);
      const lent = await connect(await agent.firstLink(), network.address, networked);
      const [serialSeen, lentHidden] = await flashBoth(serial, lent);
      for (const tab of [serial, lent]) await beginAgain(tab);
      const [lentSeen, serialHidden] = await flashBoth(lent, serial);
      for (const tab of [serial, lent]) await beginAgain(tab);
      expectNoSlower("Web Serial", serialSeen, serialHidden);
      expectNoSlower("agent", lentSeen, lentHidden);
    });
  },
);
