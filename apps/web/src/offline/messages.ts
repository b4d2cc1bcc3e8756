/** What page, service worker and build tell each other. @module */

/** From the page: a new version may replace the old one now; this page has been loaded. */
export type WorkerMessage = "take-over" | "page-loaded";

/** What belongs to a version. */
export interface PrecacheList {
  /** Another one for any other content. */
  readonly version: string;
  /** Paths below the page's own, `./` for the page itself, each with `sha256-…` as the browser checks it. */
  readonly files: readonly (readonly [path: string, integrity: string])[];
}
