/** The screens of the page, and how one gets there. @module */

import { wrongMapBackup } from "./wrong-map.mjs";

/** How a screen is looked at. */
export const looks = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
};

/** A button by its whole name. */
export const button = (page, name) => page.getByRole("button", { name, exact: true });
/** A heading by its words. */
export const heading = (page, name) => page.getByRole("heading", { name });

/** Connects to a virtual board, and waits for its map. */
export async function connect(page, holds = "With a firmware that complains") {
  await button(page, holds).click();
  await heading(page, /ESP8266EX/).waitFor({ timeout: 60_000 });
  await page.locator(".drawing svg").first().waitFor();
}

async function chooseSample(page) {
  await button(page, "Use a made-up Espruino").click();
  await button(page, "Plan").waitFor();
}

async function planSample(page) {
  await chooseSample(page);
  await button(page, "Plan").click();
  await page.locator(".plan").waitFor({ timeout: 60_000 });
  await page.locator(".map-titles span").nth(1).waitFor();
}

async function flash(page) {
  await planSample(page);
  await page.locator(".plan .primary").click();
  await heading(page, /^Done/).waitFor({ timeout: 60_000 });
}

async function wrongMap(page) {
  await connect(page, "Blank, as from the shop");
  await page.locator('input[accept=".zip"]').setInputFiles(wrongMapBackup());
  await page.getByLabel("Do not save it").check();
  await page.locator(".plan .primary").click();
  await button(page, "Examine the board").click();
  await heading(page, /ESP8266EX/).waitFor();
}

/** Each brings a fresh page to one screen. */
export const screens = {
  start: async () => {},
  guest: async (page) => {
    await button(page, "Connect through an agent").click();
    await page.getByLabel("The six digits").fill("123456");
  },
  address: async (page) => {
    await page.goto(`${page.url()}&firmware=https://example.org/firmware/manifest.json`);
    await connect(page, "Blank, as from the shop");
    await page.getByLabel("Address of an archive").scrollIntoViewIfNeeded();
  },
  board: (page) => connect(page),
  blank: (page) => connect(page, "Blank, as from the shop"),
  firmware: async (page) => {
    await connect(page);
    await chooseSample(page);
    await page.getByText("Choices").click();
  },
  plan: async (page) => {
    await connect(page);
    await planSample(page);
  },
  repair: async (page) => {
    await connect(page);
    await button(page, "Plan the fix").first().click();
    await page.locator(".plan").waitFor({ timeout: 60_000 });
  },
  flashing: async (page) => {
    await page.goto(page.url().replace("unlimited", "line"));
    await connect(page, "Blank, as from the shop");
    await planSample(page);
    await page.locator(".plan .primary").click();
    await page.locator(".regions .is-writing").waitFor({ timeout: 60_000 });
    await page.waitForTimeout(2500);
  },
  done: async (page) => {
    await connect(page, "Blank, as from the shop");
    await flash(page);
  },
  region: async (page) => {
    await connect(page);
    await page.locator(".drawing .name", { hasText: "Your files and settings" }).click();
    await page.locator(".region-card").waitFor();
  },
  zoom: async (page) => {
    await screens.region(page);
    await button(page, "Zoom in").click();
    await page.locator("[data-sector]").first().waitFor({ state: "attached" });
    await button(page, "Show the bytes").click();
    await page.locator(".hex-lines").waitFor({ timeout: 60_000 });
  },
  console: async (page) => {
    await connect(page);
    await button(page, "Open the console").click();
    await page.locator(".xterm").waitFor();
    await page.keyboard.type("answer = 42\r");
    await button(page, "Reset the board").click();
    await page.waitForTimeout(1200);
  },
  "console-boot": async (page) => {
    await page.goto(page.url().replace("unlimited", "line"));
    await connect(page);
    await button(page, "Open the console").click();
    await button(page, "Reset and read the boot").click();
    const entry = page.locator(".entry", { hasText: "The board starts" });
    await entry.locator("summary").click();
    await entry.getByText("user1 at").waitFor();
    await page.locator(".entry", { hasText: "Espruino 2v09 has started." }).waitFor();
    await page.getByText("Settings", { exact: true }).click();
  },
  "console-held": async (page) => {
    await wrongMap(page);
    await button(page, "Open the console").click();
    await page.locator(".xterm").waitFor();
    await page.keyboard.type('require("Wifi").save()\r');
    await page.locator(".held").waitFor();
  },
  "console-crash": async (page) => {
    page.setDefaultTimeout(120_000);
    await page.goto(page.url().replace("unlimited", "line"));
    await screens["console-held"](page);
    await button(page, "Send it all the same").click();
    await page.waitForTimeout(1500);
    await page.getByText("Settings", { exact: true }).click();
    await page.getByLabel("When the board restarts").check();
    await button(page, "Reset the board").click();
    await page.locator(".entry", { hasText: "Crash" }).first().waitFor();
    await page.waitForTimeout(2000);
    await button(page, "Pause").click();
  },
  "console-send": async (page) => {
    await connect(page);
    await button(page, "Open the console").click();
    await button(page, "Send text or a file").click();
    await page
      .getByLabel("Text to type into the board")
      .fill("led = 2;\nblink = 500;\nnothing();\nrequire('Wifi').getIP();\n");
    await button(page, "Send").click();
    await page.getByText("Statements that failed").waitFor();
  },
  hex: async (page) => {
    await connect(page);
    await page.locator(".drawing .name", { hasText: /^Firmware/ }).click();
    await button(page, "Show the bytes").click();
    await page.locator(".hex-lines").waitFor({ timeout: 60_000 });
  },
  erase: async (page) => {
    await screens.done(page);
    await button(page, "Examine the board").click();
    await page.locator("#board-title").waitFor({ timeout: 60_000 });
    await page.locator(".drawing .name", { hasText: "Radio defaults" }).click();
    await button(page, "Plan to erase it").click();
    await page.locator(".plan").waitFor({ timeout: 60_000 });
    await page.locator(".map-titles span").nth(1).waitFor();
  },
  restore: async (page) => {
    await page.evaluate("delete window.showSaveFilePicker");
    await connect(page);
    const download = page.waitForEvent("download");
    await button(page, "Back up the whole chip").click();
    const saved = await download;
    await button(page, "Disconnect").click();
    await connect(page, "Blank, as from the shop");
    await page.locator('input[accept=".zip"]').setInputFiles(await saved.path());
    await page.locator(".plan").waitFor({ timeout: 60_000 });
    await page.locator(".map-titles span").nth(1).waitFor();
    await page.getByText("Only parts of the backup").click();
  },
  saved: async (page) => {
    await page.evaluate("delete window.showSaveFilePicker");
    await connect(page);
    await button(page, "Back up the whole chip").click();
    await page.locator(".saved").waitFor({ timeout: 60_000 });
  },
  dump: async (page) => {
    const buffer = Buffer.alloc(0x8_0000, 0xff);
    buffer.fill(0xea, 0, 0x1000);
    await page
      .locator(".no-board input")
      .setInputFiles([{ name: "dump.bin", mimeType: "application/octet-stream", buffer }]);
    await page.locator("#board-title").waitFor({ timeout: 60_000 });
  },
  command: async (page) => {
    await connect(page);
    await page.getByText("Or paste the command line").click();
  },
  table: async (page) => {
    await connect(page);
    await button(page, "As a table").click();
    await page.locator(".region-table").waitFor();
  },
  print: async (page) => {
    await connect(page);
    await page.emulateMedia({ media: "print" });
  },
  text: async (page) => {
    await page
      .locator("textarea")
      .fill(
        "ets Jan  8 2013,rst cause:4, boot mode:(3,6)\n\nwdt reset\nload 0x40100000, len 2408, room 16 \ntail 8\nchksum 0xe5\nload 0x00000000, len 0, room 0 \ncsum err\nets_main.c \n",
      );
    await button(page, "Examine the text").click();
    await heading(page, "What the doctor found").waitFor();
  },
  error: async (page) => {
    await connect(page);
    await page
      .locator('input[type="file"]')
      .first()
      .setInputFiles({
        name: "holiday.zip",
        mimeType: "application/zip",
        buffer: Buffer.from("PK no backup"),
      });
    await page.locator(".failure").waitFor({ timeout: 60_000 });
  },
};
