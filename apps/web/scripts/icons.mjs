/**
 * The icons of the installed page, out of `public/icon.svg`: `node scripts/icons.mjs`. Needs Chromium on PATH.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./support/chromium.mjs";

const folder = new URL("../public/", import.meta.url);
const svg = await readFile(new URL("icon.svg", folder), "utf8");
const ground = /fill="(#[0-9a-f]+)"/.exec(svg)[1];

/** Systems cut a maskable icon to their shape: its ground goes to the edge, its picture into the circle that always stays. */
const icons = [
  { name: "icon-192.png", size: 192, picture: 1, isFull: false },
  { name: "icon-512.png", size: 512, picture: 1, isFull: false },
  { name: "maskable-512.png", size: 512, picture: 0.8, isFull: true },
  { name: "apple-touch-180.png", size: 180, picture: 0.9, isFull: true },
];

const browser = await launchChromium();
try {
  const page = await browser.newPage();
  for (const { name, size, picture, isFull } of icons) {
    await page.setViewportSize({ width: size, height: size });
    const style = `margin: 0; display: grid; place-items: center; height: 100vh; ${isFull ? `background: ${ground}` : ""}`;
    const drawing = svg.replace("<svg ", `<svg width="${size * picture}" height="${size * picture}" `);
    await page.setContent(`<!doctype html><body style="${style}">${drawing}`);
    const path = fileURLToPath(new URL(`icons/${name}`, folder));
    await page.screenshot({ path, omitBackground: true });
    console.log(path);
  }
} finally {
  await browser.close();
}
