/** The button, built from the sources of today, on one origin, and pages with it on another. @module */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { build } from "vite";
import shared from "../../../vitest.shared.js";
import { root } from "../../support/packages.js";

/** Where the button's files seem to come from in `serveInMemory`. */
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

/** A file of a site: its text or its bytes. */
export type SiteFile = string | Uint8Array;

/** An origin of its own, on loopback. */
export interface Site {
  /** `http://localhost:1234` */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves files on a port of its own.
 * @param find the file at a path
 * @param isShared whether pages of other origins may read them
 */
export async function serveFiles(
  find: (path: string) => SiteFile | undefined,
  { isShared }: { readonly isShared: boolean },
): Promise<Site> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = find(path);
    const headers = { "Content-Type": typeOf(path, file), ...(isShared ? SHARED : {}) };
    response.writeHead(file === undefined ? 404 : 200, headers).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The button's files on an origin of their own, as a CDN has them. */
export function serveButton(button: BuiltButton): Promise<Site> {
  return serveFiles((path) => buttonFile(button, path), { isShared: true });
}

/** One of the button's files by its path, from `/` on. */
export function buttonFile({ folder }: BuiltButton, path: string): Uint8Array | undefined {
  return existsSync(join(folder, path)) ? readFileSync(join(folder, path)) : undefined;
}

const SHARED = { "Access-Control-Allow-Origin": "*" };

function typeOf(path: string, file: SiteFile | undefined): string {
  if (path.endsWith(".js")) return "text/javascript";
  return typeof file === "string" && file.startsWith("<!doctype") ? "text/html" : "application/octet-stream";
}

/**
 * The same for a browser that has no way to a server: what a page at `origin` asks for comes from memory, the button's files
 * from their folder. Such a browser does not ask whether an origin lets others read its files.
 * @param files by their path
 */
export async function serveInMemory(
  context: BrowserContext,
  { folder }: BuiltButton,
  origin: string,
  files: ReadonlyMap<string, SiteFile>,
): Promise<void> {
  await context.route(`${BUTTON_ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ contentType: "text/javascript", headers: SHARED, path: join(folder, pathname) });
  });
  await context.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const file = files.get(pathname);
    if (file === undefined) return route.fulfill({ status: 404 });
    const body = typeof file === "string" ? file : Buffer.from(file);
    return route.fulfill({ contentType: typeOf(pathname, file), body });
  });
}
