/** The button, built from the sources of today, on one origin, and pages with it on another. @module */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { build } from "vite";
import shared from "../../../vitest.shared.js";
import { root } from "../../support/packages.js";

/** Where the button's files seem to come from. */
export const BUTTON_ORIGIN = "https://cdn.example";

/** The built files. */
export interface BuiltButton {
  readonly folder: string;
  remove(): void;
}

/** Builds the button into a folder of its own. */
export async function buildButton(): Promise<BuiltButton> {
  const folder = mkdtempSync(join(tmpdir(), "flashwright-button-"));
  const web = join(root, "apps/web");
  await build({
    root: web,
    configFile: join(web, "vite.button.config.ts"),
    logLevel: "error",
    resolve: { alias: shared.resolve?.alias ?? [] },
    build: { outDir: folder },
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A file of a site: its text or bytes, or a status instead. */
export type SiteFile = string | Uint8Array | { readonly status: number };

/**
 * Answers what a page at `origin` asks for: its own files from memory, the button's from their folder, as a CDN does that
 * lets every page read them.
 * @param files by their whole address
 */
export async function serveSite(
  context: BrowserContext,
  { folder }: BuiltButton,
  origin: string,
  files: ReadonlyMap<string, SiteFile>,
): Promise<void> {
  await context.route(`${BUTTON_ORIGIN}/**`, (route) => {
    const file = join(folder, new URL(route.request().url()).pathname);
    if (!existsSync(file)) return route.fulfill({ status: 404 });
    return route.fulfill({
      contentType: "text/javascript",
      headers: { "Access-Control-Allow-Origin": "*" },
      body: readFileSync(file),
    });
  });
  const known = [...files.keys()].map((address) => new URL(address).origin);
  for (const site of new Set([origin, ...known])) {
    await context.route(`${site}/**`, (route) => {
      const file = files.get(route.request().url().replace(/\?.*$/, ""));
      if (file === undefined) return route.fulfill({ status: 404 });
      if (typeof file === "object" && "status" in file) return route.fulfill({ status: file.status });
      const isPage = typeof file === "string" && file.startsWith("<!doctype");
      return route.fulfill({
        contentType: isPage ? "text/html" : "application/octet-stream",
        body: typeof file === "string" ? file : Buffer.from(file),
      });
    });
  }
}
