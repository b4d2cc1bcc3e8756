/**
 * The pictures of the READMEs, in `docs/pictures`: `npm run pictures`.
 *
 * Needs the built page (`npm run build`) and Chromium on PATH. The virtual board is as quick as a real one, so that times and
 * rates in the pictures are true; they differ a little from run to run, and nothing else does.
 *
 * @module
 */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { preview } from "vite";
import { launchChromium } from "./support/chromium.mjs";
import { screens } from "./support/screens.mjs";

const MOST_BYTES = 150_000;
const folder = new URL("../../../docs/pictures/", import.meta.url);

/** By the name of the file: the screen, and the height that shows what matters of it. */
const pictures = {
  board: { show: screens.board, height: 762 },
  plan: { show: screens.plan, height: 1000 },
  done: { show: screens.done, height: 800 },
};

await mkdir(folder, { recursive: true });
const server = await preview({
  root: fileURLToPath(new URL("..", import.meta.url)),
  preview: { port: 0, host: "127.0.0.1" },
  logLevel: "warn",
});
const browser = await launchChromium();
try {
  for (const [name, { show, height }] of Object.entries(pictures)) {
    const context = await browser.newContext({ colorScheme: "light", viewport: { width: 1280, height } });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(server.resolvedUrls.local[0]);
    await show(page);
    await page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)");
    await page.mouse.move(0, 0);
    const bytes = await webp(page);
    if (bytes.length > MOST_BYTES) throw new Error(`${name}.webp has ${bytes.length} bytes`);
    await writeFile(new URL(`${name}.webp`, folder), bytes);
    console.log(`docs/pictures/${name}.webp, ${bytes.length} bytes`);
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}

/** What is seen, as WebP, which Playwright itself does not write. */
async function webp(page) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 92 });
  return Buffer.from(data, "base64");
}
