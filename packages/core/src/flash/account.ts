/**
 * What a plan says of every sector of the chip.
 *
 * @module
 */
import type { Statement } from "../image/flash-params.js";
import type { RegionOwner } from "../maps/layout.js";
import type { Region } from "./region.js";

/** What a plan is for. It decides what is kept. */
export const Intent = {
  /** Files to offsets; nothing is known of what they mean. */
  write: "write",
  /** A firmware on a chip that is to start clean. */
  install: "install",
  /** Another version of what is there; what the new one can read is kept. */
  update: "update",
  /** Bytes of a backup to where they came from. */
  restore: "restore",
  /** A chip that does not work to where it does, with as little change as that takes. */
  recover: "recover",
} as const;
export type Intent = (typeof Intent)[keyof typeof Intent];

/** What becomes of sectors. */
export const SectorFate = {
  written: "written",
  /** Flash holds already what is to be there; skipped. */
  equal: "equal",
  /** Erased and left blank: nothing of worth was there. */
  erased: "erased",
  /** Untouched, or read and written again; what holds it can be read by what starts afterwards. */
  kept: "kept",
  /** What it holds is gone, or is no longer of use to the firmware that starts. */
  lost: "lost",
} as const;
export type SectorFate = (typeof SectorFate)[keyof typeof SectorFate];

/** One stretch of sectors with one fate. All accounts of a plan together are the whole chip, each sector once. */
export interface SectorAccount {
  /** Whole sectors. */
  readonly region: Region;
  readonly fate: SectorFate;
  /** Whose it is when the plan has run. */
  readonly owner: RegionOwner | undefined;
  /** What it holds now that is kept or lost, as ids of the present layout's regions: `wifi`, `saved-code`. */
  readonly holds: readonly string[];
  /** Why it is kept, lost or erased. */
  readonly reason: Statement | undefined;
  /** Whether its present bytes are saved before the plan runs. */
  readonly backedUp: boolean;
  /** MD5 of its present bytes in hex, where they were known: what makes a plan stale. */
  readonly md5: string | undefined;
}
