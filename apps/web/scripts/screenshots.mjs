/**
 * Pictures of every screen in light, dark and telephone width: `node scripts/screenshots.mjs <folder> [screen ...]`.
 *
 * Needs the built page (`npm run build`) and Chromium on PATH.
 *
 * @module
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { preview } from "vite";
import { agentScreens } from "./support/agent-screens.mjs";
import { launchChromium } from "./support/chromium.mjs";
import { looks, screens } from "./support/screens.mjs";

const [folder, ...wanted] = process.argv.slice(2);
if (folder === undefined) {
  console.error("node scripts/screenshots.mjs <folder> [screen ...]");
  process.exit(2);
}
await mkdir(folder, { recursive: true });
const server = await preview({
  root: fileURLToPath(new URL("..", import.meta.url)),
  preview: { port: 0, host: "127.0.0.1" },
  logLevel: "warn",
});
const url = server.resolvedUrls.local[0];
const browser = await launchChromium();
try {
  for (const [look, options] of Object.entries(looks)) {
    for (const [name, show] of Object.entries({ ...screens, ...agentScreens })) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      const context = await browser.newContext({ ...options, acceptDownloads: true });
      const page = await context.newPage();
      page.on("pageerror", (error) => console.error(`${name}: ${error.stack}`));
      page.on(
        "console",
        (message) => message.type() === "error" && console.error(`${name}: ${message.text()}`),
      );
      await page.goto(`${url}?pace=unlimited`);
      await show(page);
      await page.evaluate("scrollTo(0, 0)");
      await page.screenshot({ path: join(resolve(folder), `${name}-${look}.png`), fullPage: true });
      await page.close();
      await context.close();
      console.log(`${name}-${look}.png`);
    }
  }
} finally {
  await browser.close();
  await server.close();
}
