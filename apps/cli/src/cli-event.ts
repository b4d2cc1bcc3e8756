/**
 * The events of `--json`: those of core, and a few that only a command line has.
 *
 * @module
 */
import type { AgentEvent, PairingInfo, PairingState } from "@flashwright/agent";
import type { BootVerdict, FlashEvent, FlashSize, OperationResult, Region } from "@flashwright/core";
import type { ConsoleNote, FirmwareCheck, JsonValue } from "@flashwright/core/console";
import type { Diagnosis, RegionState, SlotState, Survey, SurveyDepth } from "@flashwright/core/diagnose";
import type { FlashLayout, KnownFirmware, MapJudgement } from "@flashwright/core/maps";
import type { FirmwarePackage, PackagePart } from "@flashwright/core/packages";
import type { ListedPort, PortUser } from "@flashwright/node-transport";
import type { BackupEvent } from "./backup/backup-event.js";
import type { SettingReport } from "./commands/config.js";
import type { MissingPackage } from "./doctor/fix-command.js";
import type { ImageReport } from "./image/image-report.js";

/** What a region of a layout holds now. */
export interface RegionContent {
  readonly id: string;
  readonly offset: number;
  readonly content: RegionState["content"];
}

/** A survey without the bytes that it read. */
export interface SurveySummary extends Omit<Survey, "contents" | "slots" | "layout" | "regions"> {
  readonly slots: readonly Omit<SlotState, "image">[];
  readonly regions: readonly RegionContent[];
}

/** A package without the bytes of its parts. */
export interface PackageSummary extends Omit<FirmwarePackage, "parts"> {
  readonly parts: readonly (Omit<PackagePart, "bytes"> & { readonly size: number })[];
}

/** A firmware with a known layout. */
export interface KnownLayout extends KnownFirmware {
  /** As `map --layout` takes it. */
  readonly layout: string;
}

/** A port, with the programs that have it open where the system tells. */
export interface SeenPort extends ListedPort {
  readonly users?: readonly PortUser[];
}

/** How one check of `hardware-check` went. */
export interface CheckResult {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** What was found, or why not. */
  readonly detail: string;
}

/** What passes on a console, and what it answers. */
export type ConsoleEvent =
  /** A line of the board's, safe to show; `at` as ISO 8601. */
  | { readonly type: "console-line"; readonly line: string; readonly at: string }
  /** A crash that was reported on it, and the stack behind that. */
  | Extract<ConsoleNote, { type: "exception" | "stack" }>
  /** What the firmware that was flashed says of itself, and how that compares with the plan. */
  | ({ readonly type: "firmware-check" } & Pick<FirmwareCheck, "outcome" | "report">)
  /** What an expression is worth; `value` is missing where JSON has no word for it. */
  | { readonly type: "value"; readonly expression: string; readonly value?: JsonValue };

/**
 * One line of `--json`. The first one also has `format: "flashwright/events"` and `version: 1`. The last one is
 * `completed`, `failed` or `cancelled`, and no other is of these three.
 */
export type CliEvent =
  | FlashEvent
  /** What the boot messages say; follows the `boot` events. */
  | ({ readonly type: "verdict" } & BootVerdict)
  | { readonly type: "ports"; readonly ports: readonly SeenPort[] }
  /** With `--watch`: a port was plugged in or pulled out. */
  | { readonly type: "port"; readonly change: "added" | "removed"; readonly port: ListedPort }
  /** What is set, from the file in `folder` or above it and from the environment. */
  | {
      readonly type: "config";
      readonly folder: string;
      readonly file?: string;
      readonly settings: readonly SettingReport[];
    }
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
  | ({ readonly type: "check" } & CheckResult)
  /** The images in a file. */
  | {
      readonly type: "image";
      readonly file: string;
      readonly size: number;
      readonly images: readonly ImageReport[];
    }
  /** A look at the flash begins; `compare`: what is there is compared with what is to be there. */
  | { readonly type: "surveying"; readonly depth: SurveyDepth | "compare" }
  /** What it found. */
  | ({ readonly type: "survey" } & SurveySummary)
  /** What is wrong, and the arguments of the one command that puts it right, or that changes what is harmless. */
  | ({
      readonly type: "diagnosis";
      readonly command?: readonly string[];
      readonly offered?: readonly string[];
      /** A package that the command needs and nobody has given. */
      readonly missing?: MissingPackage;
      /** Set where the command that looked goes on to put it right. */
      readonly before?: "recover";
    } & Diagnosis)
  /** A firmware package was opened. */
  | ({ readonly type: "package" } & PackageSummary)
  /** What lies where; of a chip also what it holds. */
  | {
      readonly type: "layout";
      readonly layout: FlashLayout;
      readonly contents?: readonly RegionContent[];
      readonly judgement?: Omit<MapJudgement, "layout">;
    }
  /** Firmware whose layout is known; by family and build. */
  | { readonly type: "layouts"; readonly known: readonly KnownLayout[] }
  /** Every flash size by all its names. */
  | { readonly type: "sizes"; readonly sizes: readonly FlashSize[] }
  /** The demonstration: an act begins, somebody tells what happens, types a command or at the console, a command has ended. */
  | { readonly type: "act"; readonly act: number; readonly title: string }
  | { readonly type: "told"; readonly text: string }
  | { readonly type: "typed"; readonly command: readonly string[] }
  | { readonly type: "dialogue"; readonly typed: string; readonly lines: readonly string[] }
  | { readonly type: "ended"; readonly result: OperationResult }
  /** Arguments of this program that would do the next thing. */
  | { readonly type: "command"; readonly command: readonly string[] }
  /** An agent can be reached now; its link is good once, within a minute. */
  | { readonly type: "agent"; readonly url: string; readonly link: string }
  /** How a pairing goes on; the code stands in its first state. */
  | ({ readonly type: "pairing" } & PairingState)
  /** Pages that may come again. */
  | { readonly type: "pairings"; readonly pairings: readonly PairingInfo[] }
  /** With `--verbose`: what an agent is asked, and what becomes of its ports. */
  | Exclude<AgentEvent, { type: "warning" }>
  | BackupEvent
  | ConsoleEvent
  /** A file and its place in flash: a part of what was merged, or of what was split. */
  | ({ readonly type: "part"; readonly file: string } & Region);
