/** What the engine finds, in words and numbers that can be shown as they are. @module */
import type { Stretch } from "../engine/engine.js";

/** One line of what is known: a term and its value. */
export interface Fact {
  readonly term: string;
  readonly value: string;
  /** Set in the monospace: numbers, addresses, codes. */
  readonly isCode?: boolean;
}

/** How bad a finding is, worst first. */
export type FindingSeverity = "fatal" | "danger" | "warning" | "note";

/** One finding of the doctor. */
export interface FindingReport {
  readonly code: string;
  readonly severity: FindingSeverity;
  readonly title: string;
  readonly message: string;
  readonly evidence: readonly string[];
  /** The one thing to do by hand, where there is one. */
  readonly hint?: string;
  /** `plan`: a button can put it right; `firmware`: with the firmware's package. */
  readonly fix: "plan" | "firmware" | "none";
}

/** The doctor's answer. */
export interface TextReport {
  readonly findings: readonly FindingReport[];
  readonly reassurances: readonly string[];
  /** Set where nothing is wrong. */
  readonly healthy?: string;
}

/** A region of the layout. */
export interface RegionReport extends Stretch {
  readonly id: string;
  /** Of its owner, as in the map. */
  readonly colour: { readonly light: string; readonly dark: string };
  readonly name: string;
  readonly holds: string;
  /** `0x00000000 – 0x00000fff` */
  readonly range: string;
  readonly sizeText: string;
  readonly content: string;
  readonly erasing: string;
  /** Whether erasing it can be planned: it is no program, and holds something. */
  readonly isErasable: boolean;
}

/** What is known of a board, or of a dump. */
export interface BoardReport extends TextReport {
  readonly source: "board" | "dump";
  /** The port, or the file's name. */
  readonly label: string;
  /** `ESP8266EX · 4 MB` */
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly flashSize: number;
  readonly regions: readonly RegionReport[];
  /** The name of the layout; absent where the firmware is not known. */
  readonly layoutTitle?: string;
  /** The package that a fix needs, where its makers' name for it is known. */
  readonly needed?: { readonly name?: string; readonly from?: string };
  /** Whether a stub runs, which alone can read. */
  readonly canRead: boolean;
}

/** One row of a plan. */
export interface PlanRowReport extends Stretch {
  readonly fate: "lost" | "written" | "equal" | "erased" | "kept";
  readonly range: string;
  readonly sizeText: string;
  readonly name: string;
  readonly reason: string;
}

/** What a plan does. */
export interface PlanReport {
  readonly kind: "firmware" | "repair" | "restore" | "erase";
  readonly title: string;
  readonly rows: readonly PlanRowReport[];
  /** The header that the chip starts with: field, value, why. */
  readonly header: readonly { readonly field: string; readonly value: string; readonly reason: string }[];
  readonly boots?: string;
  readonly untouched?: string;
  readonly warnings: readonly string[];
  /** Names of what is lost. */
  readonly lost: readonly string[];
  /** Bytes that are saved first. */
  readonly backupBytes: number;
  readonly writes: readonly Stretch[];
  /** Nothing has to be changed. */
  readonly isDone: boolean;
}

/** What is in a backup that somebody has chosen. */
export interface BackupContents {
  /** `2026-11-28` */
  readonly date: string;
  readonly mac: string;
  /** Whether it was read from another chip than the one that is there. */
  readonly isOfOtherChip: boolean;
  /** The regions that it holds; none where its firmware was not known. */
  readonly parts: readonly {
    readonly id: string;
    readonly name: string;
    readonly sizeText: string;
    readonly isBlank: boolean;
  }[];
}

/** A backup, ready to be saved. */
export interface BackupReport {
  readonly name: string;
  /** A handle alone goes to the page's thread, not the megabytes. */
  readonly file: Blob;
  /** What it covers and whether passwords are in it. */
  readonly summary: string;
  readonly holdsSecrets: boolean;
  /** Nothing is there to be saved: all of it is blank. */
  readonly isEmpty: boolean;
}

/** How a plan ended. */
export interface DoneReport {
  readonly result: string;
  readonly verdict?: {
    readonly kind: "boots" | "does-not-boot" | "silent" | "undecided";
    readonly text: string;
    readonly hint?: string;
    readonly evidence: readonly string[];
  };
  /** What lies where now, where the plan says it. */
  readonly regions: readonly RegionReport[];
  /** Whether what starts is what was written, where that can be told. */
  readonly slot?: { readonly ok: boolean; readonly text: string };
}
