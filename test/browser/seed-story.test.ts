/**
 * The story for which this program was made, on its page: a module of 4 MB whose header names another flash map than its
 * firmware was built for. It looks fine until settings are saved. What is right is said by literal offsets.
 */
import { openBackup } from "@flashwright/core/backup";
import { madeFiles, release2v09 } from "@flashwright/core/demo";
import { createVirtualBoard, type VirtualBoard } from "@flashwright/virtual-device";
import { serveRfc2217 } from "@flashwright/virtual-device/node";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it, type TestContext } from "vitest";
import { madeSdkBoot } from "../support/made-firmware.js";
import { madeRelease, releaseName, releaseTgz } from "../support/release-archives.js";
import { describeWith } from "../support/requirements.js";
import { AgentProcess } from "./support/agent-process.js";
import { bulkSeen, watchBulk } from "./support/bulk-watch.js";
import { launchChromium } from "./support/chromium.js";
import { Hands } from "./support/hands.js";
import { type ServedPage, servePage } from "./support/page-server.js";

const CHIP_SIZE = 0x400000;
const SECTOR = 0x1000;
const TEST_MS = 120_000;
/** RF calibration, system parameters and their flag: the firmware writes them whenever it starts. */
const SDK_SECTORS = [0x80000, 0x3fb000, 0x3fd000, 0x3fe000, 0x3ff000];
const CONNECT = 'require("Wifi").connect("greenhouse", {password:"tomato-1879"})';
const SSID = 'require("Wifi").getDetails().ssid';

/** Espruino for 4 MB, linked for a map of 1024+1024. */
const release = { ...madeRelease("ESP8266_4MB", "1v95"), boot: madeSdkBoot("1.6", { runs: true }) };
const archive = {
  name: `${releaseName(release)}.tgz`,
  mimeType: "application/gzip",
  buffer: Buffer.from(releaseTgz(release)),
};

/** A chip with parts at their places. */
function chipWith(...parts: readonly [offset: number, bytes: Uint8Array][]): Uint8Array {
  const flash = new Uint8Array(CHIP_SIZE).fill(0xff);
  for (const [offset, bytes] of parts) flash.set(bytes, offset);
  return flash;
}

/** As other tools flash it: for 512+512, by the size that is read off the chip. */
function wronglyMapped(): Uint8Array {
  const { boot, user1, phyInit } = release;
  const flash = chipWith([0, boot], [0x1000, user1], [0x3fc000, phyInit]);
  flash[3] = 0x40;
  return flash;
}

/** The sectors in which two chips differ, in hex; those that the firmware writes by itself are left out. */
function changedSectors(before: Uint8Array, after: Uint8Array): string[] {
  const changed: string[] = [];
  for (let offset = 0; offset < CHIP_SIZE; offset += SECTOR) {
    const [one, other] = [before, after].map((flash) => flash.subarray(offset, offset + SECTOR));
    if (!SDK_SECTORS.includes(offset) && Buffer.compare(one!, other!) !== 0)
      changed.push(offset.toString(16));
  }
  return changed;
}

/** Whether a chip holds bytes at a place. */
const holds = (flash: Uint8Array, offset: number, bytes: Uint8Array) =>
  Buffer.compare(flash.subarray(offset, offset + bytes.length), bytes) === 0;

/** The whole chip in a backup. */
function chipIn(zip: Uint8Array): Uint8Array {
  return chipWith(
    ...openBackup(zip).flash.pieces.map(({ offset, bytes }) => [offset, bytes] as [number, Uint8Array]),
  );
}

describeWith(["chromium"], "a 4 MB module with the wrong flash map", () => {
  let browser: Browser;
  let served: ServedPage;

  beforeAll(async () => {
    [browser, served] = await Promise.all([launchChromium(), servePage()]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  /** A page of its own for a test, of which nothing was complained when the test is over. */
  async function openPage(address: string, { onTestFinished }: TestContext): Promise<Hands> {
    const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
    page.setDefaultTimeout(20_000);
    await page.addInitScript("delete window.showSaveFilePicker");
    await watchBulk(page);
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    onTestFinished(async () => {
      const bulk = await bulkSeen(page);
      await page.context().close();
      expect({ complaints, bulk }).toEqual({ complaints: [], bulk: [] });
    });
    await page.goto(address);
    return new Hands(page);
  }

  /** A board of its own for a test, behind an agent of its own, and the page on which it was examined. */
  async function behindAgent(context: TestContext): Promise<{ board: VirtualBoard; hands: Hands }> {
    const board = createVirtualBoard({ board: "esp-12f", flash: wronglyMapped() });
    const server = await serveRfc2217(() => board.reconnect(), { host: "127.0.0.1", port: 0 });
    const agent = new AgentProcess("--port", server.address);
    context.onTestFinished(async () => {
      await agent.end();
      await server.close();
    });
    const hands = await openPage(await agent.firstLink(), context);
    await hands.press(server.address);
    await hands.heading(/^ESP8266EX · 4 MB$/);
    return { board, hands };
  }

  it.concurrent("is put right before anything is lost, with one byte, and what was saved is still there", {
    timeout: TEST_MS,
  }, async (context) => {
    const { board, hands } = await behindAgent(context);
    await hands.openConsole();
    await hands.press("Reset the board");
    await hands.says("Flash map 4MB:512/512");
    await hands.type("answer = 42", "=42");
    await hands.type("save()", "Done!");
    await hands.press("Close the console");
    await hands.press("Examine again");
    const danger = hands.finding("Saving the Wi-Fi settings will destroy the firmware");
    await danger.getByText("erases 4 KB (4096 bytes) of the firmware itself at 0x0007b000.").waitFor();
    const before = board.flash.slice();

    await danger.getByRole("button", { name: "Plan the fix" }).click();
    await hands.heading(/^Repair Espruino 1v95/);
    expect(await hands.planRows()).toEqual([
      "write boot sector 0x00000000–0x00000fff",
      "keep Firmware 0x00001000–0x0007dfff",
      "keep Radio calibration 0x00080000–0x00080fff",
      "keep Your saved program 0x000eb000–0x000fafff",
      "keep Free for your programs 0x000fc000–0x003fbfff",
      "keep Radio defaults 0x003fc000–0x003fcfff",
      "keep System settings 0x003fd000–0x003fefff",
      "keep Boot choice 0x003ff000–0x003fffff",
    ]);
    expect(await hands.page.locator(".loss").count()).toBe(0);
    const saved = await hands.save("Save a backup first, then go on");
    await hands.press("It is there: go on");
    expect(openBackup(saved.bytes).manifest.covers).toEqual([{ offset: 0xeb000, size: 0x10000 }]);
    expect(changedSectors(chipIn(saved.bytes), before).includes("eb000")).toBe(false);
    await hands.heading(/^Done. It boots.$/);
    await hands.page.getByText("4 KB (4096 bytes) written and verified by MD5").waitFor();

    // Bits 4 to 7 of byte 3 are the map: 512+512 before, 1024+1024 afterwards. No other byte is another one.
    expect(changedSectors(before, board.flash)).toEqual(["0"]);
    const first = before.slice(0, SECTOR);
    first[3] = 0x60;
    expect(holds(board.flash, 0, first)).toBe(true);

    await hands.openConsole();
    await hands.press("Reset the board");
    await hands.says("bytes from flash...");
    await hands.type('require("ESP8266").getState().flashMap', '="4MB:1024/1024"');
    await hands.type("answer", "=42");
    await saveWifi(hands);
    expect([...board.flash.subarray(0xfb000, 0xfb004)]).toEqual([0x00, 0x04, 0x18, 0x00]);
    expect(holds(board.flash, 0x1000, release.user1)).toBe(true);
  });

  it.concurrent("is brought back after its settings were saved over its program", {
    timeout: TEST_MS,
  }, async (context) => {
    const { board, hands } = await behindAgent(context);
    await hands.openConsole();
    await hands.type(CONNECT, "=undefined");
    await hands.type('require("Wifi").save(); "saved"', "saved");
    // The console knows what this would do, and does it for nobody who does not insist.
    const held = hands.page.getByRole("alert").filter({ hasText: "This would destroy the firmware" });
    await held.getByText("0x0007b000").waitFor();
    expect(holds(board.flash, 0x1000, release.user1)).toBe(true);
    await hands.press("Send it all the same");
    await hands.says('="saved"');
    expect([...board.flash.subarray(0x7b000, 0x7b004)]).toEqual([0x00, 0x04, 0x18, 0x00]);
    await hands.press("Close the console");
    await hands.press("Examine again");
    const cause = hands.finding("Settings were saved into the program");
    await cause.getByText("erased a piece of the firmware at 0x0007b000").first().waitFor();
    await cause.getByText("The package is called espruino_1v95_esp8266_4mb.").waitFor();
    expect(board.uartLog).toContain("Fatal exception (3)");
    const dead = board.flash.slice();

    await hands.chooseFiles([archive]);
    await cause.getByRole("button", { name: "Plan the fix" }).click();
    await hands.heading(/^Repair Espruino 1v95/);
    expect((await hands.planRows()).filter((row) => !row.startsWith("keep"))).toEqual([
      "lost Your Wi-Fi settings 0x0007b000–0x0007bfff",
      "write boot_v1.6.bin 0x00000000–0x00000fff",
      "equal espruino_esp8266_user1.bin 0x00001000–0x0007afff",
      "equal espruino_esp8266_user1.bin 0x0007c000–0x0007dfff",
      "equal Your Wi-Fi settings 0x000fb000–0x000fbfff",
    ]);
    await hands.page.getByText("This loses Your Wi-Fi settings.").waitFor();
    const saved = chipIn((await hands.save("Save a backup first, then go on")).bytes);
    await hands.press("It is there: go on");
    expect(holds(saved, 0x7b000, dead.subarray(0x7b000, 0x7c000))).toBe(true);
    await hands.heading(/^Done. It boots.$/);
    await hands.page.getByText("8 KB (8192 bytes) written and verified by MD5").waitFor();

    expect(changedSectors(dead, board.flash)).toEqual(["0", "7b000"]);
    expect([...board.flash.subarray(0, 4)]).toEqual([0xe9, 0x03, 0x00, 0x60]);
    expect(holds(board.flash, 4, release.boot.subarray(4))).toBe(true);
    expect(holds(board.flash, 0x1000, release.user1)).toBe(true);

    // Saved once more, the settings go to where nothing else is, and are there when the board starts.
    await hands.openConsole();
    await saveWifi(hands);
    await hands.press("Reset the board");
    await hands.says("Flash map 4MB:1024/1024");
    await hands.type(SSID, '="greenhouse"');
    expect(holds(board.flash, 0x1000, release.user1)).toBe(true);
  });

  it.concurrent("in the page itself: what a person stored is still there when the map is right", {
    timeout: TEST_MS,
  }, async (context) => {
    const [boot, user1, phyInit] = madeFiles(release2v09).map(({ bytes }) => bytes);
    const hands = await openPage(`${served.url}?pace=unlimited`, context);
    await hands.press("With a firmware that complains");
    await hands.heading(/^ESP8266EX · 4 MB$/);
    await hands.openConsole();
    await saveWifi(hands);
    await hands.type('require("Storage").write("plan.js", "water()")', "=true");
    await hands.press("Close the console");
    await hands.press("Examine again");
    const warning = hands.finding("The board warns that chip and flash map do not match");
    await warning.getByText("The header says 512KB, the flash chip has 4 MB").waitFor();
    const before = chipIn((await hands.save("Back up the whole chip")).bytes);
    expect([holds(before, 0, boot!), holds(before, 0x1000, user1!)]).toEqual([true, true]);
    expect(Buffer.from(before.subarray(0x77000, 0x7b000)).toString("latin1")).toContain("tomato-1879");

    await warning.getByRole("button", { name: "Plan the fix" }).click();
    await hands.heading(/^Repair Espruino 2v09/);
    expect(await hands.planRows()).toEqual([
      "write boot sector 0x00000000–0x00000fff",
      "keep Firmware 0x00001000–0x00072fff",
      "keep Your files and settings 0x00077000–0x0007afff",
      "keep Radio calibration 0x0007b000–0x0007bfff",
      "keep Radio defaults 0x0007c000–0x0007cfff",
      "keep System settings 0x0007d000–0x0007efff",
      "keep Boot choice 0x0007f000–0x0007ffff",
      "write radio defaults 0x003fc000–0x003fcfff",
    ]);
    await hands.save("Save a backup first, then go on");
    await hands.press("It is there: go on");
    await hands.heading(/^Done. It boots.$/);
    await hands.press("Examine the board");
    await hands.page.getByText("Looks healthy: nothing wrong was found.").waitFor();
    const after = chipIn((await hands.save("Back up the whole chip")).bytes);
    expect(changedSectors(before, after)).toEqual(["0", "3fc000"]);
    expect([...after.subarray(0, 4)]).toEqual([0xe9, 0x03, 0x00, 0x40]);
    expect([holds(after, 4, boot!.subarray(4)), holds(after, 0x3fc000, phyInit!)]).toEqual([true, true]);

    await hands.openConsole();
    await hands.press("Reset the board");
    await hands.says("Flash map 4MB:512/512");
    await hands.type(SSID, '="greenhouse"');
    await hands.type('require("Storage").read("plan.js")', '="water()"');
  });

  /** Leaves Wi-Fi settings in flash. */
  async function saveWifi(hands: Hands): Promise<void> {
    await hands.type(CONNECT, "=undefined");
    await hands.type('require("Wifi").save(); "saved"', '="saved"');
  }
});
