/** The page, built from the sources of today and served on loopback. @module */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview } from "vite";
import shared from "../../../vitest.shared.js";
import { root } from "../../support/packages.js";

/** A page that can be opened. */
export interface ServedPage {
  readonly url: string;
  /** Where its files are. */
  readonly folder: string;
  close(): Promise<void>;
}

const configFor = (folder: string) =>
  ({
    root: join(root, "apps/web"),
    logLevel: "error",
    resolve: { alias: shared.resolve?.alias ?? [] },
    build: { outDir: folder, emptyOutDir: true },
  }) as const;

/** Builds the page into a new folder, which the caller removes. */
export async function buildPage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "flashwright-page-"));
  await build(configFor(folder));
  return folder;
}

/** Builds the page into a folder of its own, and serves it. */
export async function servePage(): Promise<ServedPage> {
  const folder = await buildPage();
  const server = await preview({ ...configFor(folder), preview: { host: "127.0.0.1", port: 0 } });
  return {
    url: server.resolvedUrls!.local[0]!,
    folder,
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
