/** The page, built from the sources of today and served on loopback. @module */
import { preview } from "vite";
import { builtPage, pageConfig } from "./built-page.js";

/** A page that can be opened. */
export interface ServedPage {
  readonly url: string;
  /** Where its files are, which stay as they are: other tests have the same. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Serves the page. */
export async function servePage(): Promise<ServedPage> {
  const folder = await builtPage();
  const server = await preview({ ...pageConfig(folder), preview: { host: "127.0.0.1", port: 0 } });
  return {
    url: server.resolvedUrls!.local[0]!,
    folder,
    close: () => server.close(),
  };
}
