/**
 * The events of `--json`: those of core, and a few that only a command line has.
 *
 * @module
 */
import type { BootVerdict, FlashEvent, Region } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";
import type { ImageReport } from "./image/image-report.js";

/** What lies in a stretch of flash after a run. */
export type MapOwner = "written" | "kept" | "blank";

/** One stretch of the flash, for the map. */
export interface MapRegion {
  readonly region: Region;
  readonly owner: MapOwner;
  /** What it is: file names, or words. */
  readonly name: string;
}

/** How one check of `hardware-check` went. */
export interface CheckResult {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** What was found, or why not. */
  readonly detail: string;
}

/**
 * One line of `--json`. The first one also has `format: "flashwright/events"` and `version: 1`. The last one is
 * `completed`, `failed` or `cancelled`, and no other is of these three.
 */
export type CliEvent =
  | FlashEvent
  /** What the boot messages say; follows the `boot` events. */
  | ({ readonly type: "verdict" } & BootVerdict)
  | { readonly type: "ports"; readonly ports: readonly ListedPort[] }
  /** A virtual board can be reached now; for TCP the address holds the real port number. */
  | { readonly type: "listening"; readonly address: string; readonly board: string }
  /** A program came to or left a virtual board. */
  | {
      readonly type: "client";
      readonly change: "connected" | "disconnected" | "refused";
      readonly client: string;
    }
  /** A virtual board's flash was written to its file. */
  | { readonly type: "saved"; readonly file: string }
  | { readonly type: "map"; readonly flashSize: number; readonly regions: readonly MapRegion[] }
  | ({ readonly type: "check" } & CheckResult)
  /** The images in a file. */
  | {
      readonly type: "image";
      readonly file: string;
      readonly size: number;
      readonly images: readonly ImageReport[];
    }
  /** A file and its place in flash: a part of what was merged, or of what was split. */
  | ({ readonly type: "part"; readonly file: string } & Region);
