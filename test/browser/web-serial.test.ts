import { createVirtualBoard, type VirtualBoard, Wiring } from "@flashwright/virtual-device";
import { type PtyBoardServer, servePty } from "@flashwright/virtual-device/node";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { bootImage, noise } from "../support/content.js";
import { describeWith } from "../support/requirements.js";
import type { FlashPage } from "./scripts/flash-page.js";
import { bundleScripts } from "./support/bundle.js";
import { SerialBench } from "./support/serial-bench.js";
import { WireLog, watched } from "./support/watched-board.js";

declare const page: FlashPage;

/** For a busy machine. */
const PATIENCE = { timeout: 10_000 };
const IMAGE = noise(0x40000, 7);
const CH340 = "CH340 (1a86:7523)";
const CP2102 = "CP2102 (10c4:ea60)";
const MAC = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/;

describeWith(["linux", "python3", "cc", "chromium", "namespaces"], "Chromium's own Web Serial", () => {
  let bench: SerialBench;
  let context: BrowserContext;
  let tab: Page;
  let board: VirtualBoard;
  let terminal: PtyBoardServer;
  const wire = new WireLog();

  beforeAll(async () => {
    bench = await SerialBench.start({
      adapters: [
        { vendorId: "1a86", productId: "7523" },
        { vendorId: "10c4", productId: "ea60" },
        { vendorId: "10c4", productId: "ea60" },
      ],
      files: await bundleScripts("flash-page", "flash-worker"),
    });
    context = await bench.newContext();
  });
  afterAll(() => bench?.close());

  beforeEach(async () => {
    board = createVirtualBoard({ flash: bootImage() });
    wire.forget();
    await serve();
    tab = await openTab();
  });
  afterEach(async () => {
    await tab.close();
    await terminal.close();
  });

  async function serve(): Promise<void> {
    terminal = await servePty(() => watched(board, wire)(), { modemDirectory: bench.modemDirectory });
    await bench.attach(terminal.path);
  }

  async function openTab(): Promise<Page> {
    const opened = await bench.openPage(context);
    await opened.addScriptTag({ type: "module", url: "/flash-page.js" });
    await opened.evaluate((text) => page.setImage(text), Buffer.from(IMAGE).toString("base64"));
    return opened;
  }

  /** The board's flash where the image belongs. */
  const written = () => Buffer.from(board.flash.slice(0x10000, 0x10000 + IMAGE.length));

  it("finds a board, writes 256 KB to it, verifies them, and starts the firmware", async () => {
    const report = await tab.evaluate((name) => page.flash(name), CH340);
    expect(report).toMatchObject({
      label: CH340,
      chip: "ESP8266EX",
      flashSize: 0x400000,
      result: "flash-written-verified",
      reset: "tight-short",
    });
    expect(report.mac).toMatch(MAC);
    expect(written().equals(Buffer.from(IMAGE))).toBe(true);
    expect(board.state).toMatchObject({ mode: "application", bootMode: 3 });
    expect(report.baudRate).toBe(921600);
    expect(wire.rates).toEqual(expect.arrayContaining([115200, 460800, 921600]));
  });

  it("resets the board by its lines, one after the other, and leaves both released", async () => {
    await tab.evaluate((name) => page.flash(name), CH340);
    // After opening: RTS first, since alone it is reset; into the loader: DTR before RTS lets go.
    expect(wire.lines.slice(0, 4)).toEqual(["dtr=1 rts=1", "dtr=1 rts=1", "rts=0", "dtr=0"]);
    const text = wire.lines.join(", ");
    expect(text).toContain("rts=1, dtr=0, dtr=1, rts=0, rts=0, dtr=0");
    expect(wire.lines.at(-1)).toBe("dtr=0 rts=0");
  });

  it("changes the rate of a running board without resetting it", async () => {
    expect(await tab.evaluate((name) => page.hold(name, 115200), CH340)).toBe("open");
    const starts = () => board.uartLog.split("rst cause").length;
    const before = starts();
    await tab.evaluate(() => page.setRates([74880, 921600, 115200]));
    expect(starts()).toBe(before);
    await tab.evaluate(() => page.letGo());
    expect(board.state.mode).toBe("application");
  });

  it("flashes a board that every opening resets, at the rate of its first answer", async () => {
    board = createVirtualBoard({ flash: bootImage(), wiring: Wiring.direct });
    const report = await tab.evaluate((name) => page.flash(name), CH340);
    expect(report).toMatchObject({
      result: "flash-written-verified",
      reset: "tight-short",
      baudRate: 460800,
    });
    expect(written().equals(Buffer.from(IMAGE))).toBe(true);
  });

  it("runs the same in a worker, which has the ports but cannot ask for one", async () => {
    const { report, canAsk } = await tab.evaluate((name) => page.flashInWorker(name), CH340);
    expect([report.result, report.label, canAsk]).toEqual(["flash-written-verified", CH340, false]);
    expect(written().equals(Buffer.from(IMAGE))).toBe(true);
  });

  it("tells two adapters alike apart by their order", async () => {
    const labels = await tab.evaluate(() => page.labels());
    expect(labels.sort()).toEqual([CH340, CP2102, `${CP2102} #2`]);
  });

  it("refuses a port that another tab holds, with what to do, and opens it when that lets go", async () => {
    const other = await openTab();
    expect(await other.evaluate((name) => page.hold(name, 115200), CH340)).toBe("open");
    expect(await tab.evaluate((name) => page.hold(name, 115200), CH340)).toBe(
      "port-not-opened: CH340 (1a86:7523) did not open: another program or tab has it, or this user may not use it. " +
        "Close the serial monitor, IDE or tab that holds the port; on Linux also join the group `dialout`.",
    );
    await other.evaluate(() => page.letGo());
    expect(await tab.evaluate((name) => page.hold(name, 115200), CH340)).toBe("open");
    await other.close();
  });

  it("gives a port back when its tab is closed in the middle", async () => {
    const other = await openTab();
    const flashing = other.evaluate((name) => page.flash(name), CH340).catch(() => "gone");
    await expect.poll(() => board.state.mode, PATIENCE).not.toBe("application");
    await other.close();
    expect(await flashing).toBe("gone");
    await expect.poll(() => tab.evaluate((name) => page.hold(name, 115200), CH340), PATIENCE).toBe("open");
  });

  it("loses a board that is unplugged, says so, and flashes it when it is back", async () => {
    await tab.evaluate(() => page.watch());
    expect(await tab.evaluate((name) => page.hold(name, 115200), CH340)).toBe("open");
    const end = tab.evaluate(() => page.end());
    await bench.tell("remove");
    expect((await end).reason).toBe("lost");
    await terminal.close();
    await expect.poll(() => tab.evaluate(() => page.changes()), PATIENCE).toHaveLength(2);

    await serve();
    await bench.tell("add");
    await expect.poll(() => tab.evaluate(() => page.changes()), PATIENCE).toHaveLength(3);
    expect((await tab.evaluate(() => page.changes())).slice(1)).toEqual([`-${CH340}`, `+${CH340}`]);
    expect(await tab.evaluate((name) => page.flash(name), CH340)).toMatchObject({
      result: "flash-written-verified",
    });
    expect(written().equals(Buffer.from(IMAGE))).toBe(true);
  });
});
