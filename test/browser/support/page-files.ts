/** The files of a built page for a browser that has no way to a server. @module */
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { BrowserContext } from "playwright-core";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/**
 * Answers every request to `origin` from a folder.
 * @param change what the browser gets of a file
 */
export async function servePageFiles(
  context: BrowserContext,
  origin: string,
  folder: string,
  change: (file: string, text: Buffer) => Buffer | string = (_, text) => text,
): Promise<void> {
  await context.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const file = join(folder, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(file)) return route.fulfill({ status: 404 });
    return route.fulfill({
      contentType: TYPES[extname(file)] ?? "text/plain",
      body: change(file, readFileSync(file)),
    });
  });
}
