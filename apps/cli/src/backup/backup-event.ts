/** What backups, restores and erasing by name tell: lines of `--json`. None of them holds a byte of flash. @module */
import type { Region } from "@flashwright/core";
import type { BackupRegion, WifiSecrets } from "@flashwright/core/backup";
import type { RegionState } from "@flashwright/core/diagnose";
import type { Erasure, RegionOwner } from "@flashwright/core/maps";

/** Why a backup was made without being asked for. */
export type BackupReason = "erase" | "flash" | "recover" | "restore";

/** A backup, as far as everybody may read. */
export interface BackupSummary {
  readonly mac: string;
  /** UTC, ISO 8601. */
  readonly date: string;
  readonly wifi: WifiSecrets;
  readonly regions: readonly Omit<BackupRegion, "sha256">[];
  /** Bytes of flash that it speaks for, and those of them that are not blank. */
  readonly coveredBytes: number;
  readonly usedBytes: number;
}

/** What erasing a region costs. */
export interface ErasurePreview extends Region {
  readonly id: string;
  readonly owner: RegionOwner;
  readonly erasure: Erasure;
  readonly content: RegionState["content"];
  /** Set where only these files of Espruino's Storage go; offset and size are those of the sectors that change. */
  readonly files?: readonly string[];
}

export type BackupEvent =
  /** A backup was written. `before`: it was made unasked, because something is about to be lost. */
  | ({
      readonly type: "backup";
      readonly file: string;
      /** Bytes of the file. */
      readonly size: number;
      readonly before?: BackupReason;
    } & BackupSummary)
  /** Which backup a restore is from, and the regions that come back in whole, by id. Its plan follows as `planned`. */
  | { readonly type: "restore"; readonly from: BackupSummary; readonly regions: readonly string[] }
  /** What erasing by name is about to do. */
  | { readonly type: "erasure"; readonly regions: readonly ErasurePreview[] };
