/** One flash content of the campaign, and what the doctor must say of it. @module */
import type { Severity } from "@flashwright/core/diagnose";
import type { FirmwareId } from "@flashwright/core/maps";

/** The worst finding of a diagnosis. */
export type Worst = Severity | "none";

/** What a diagnosis must be like. */
export interface Expectation {
  /** The worst severity that it may have; `healthy`: nothing above a note. */
  readonly worst: "healthy" | readonly Worst[];
}

/** Files that a fix may write again, each where it belongs. */
export type CaseFiles = Readonly<
  Partial<Record<"boot" | "user1" | "user2" | "app", { readonly offset: number; readonly bytes: Uint8Array }>>
>;

/** A content. */
export interface ChipCase {
  /** Row of the table. */
  readonly row: string;
  /** What exactly it is, for a person who looks into a failure. */
  readonly about: string;
  readonly flash: Uint8Array;
  /** Who it is: what a deep look must say, and a quick one too where it names the family. Nothing where nobody can know. */
  readonly firmware?: FirmwareId;
  /** What its owner has at hand. Where it is given, the doctor's fixes must leave a healthy chip. */
  readonly files?: CaseFiles;
  readonly expected: {
    readonly quick: Expectation;
    /** The same as quick where nothing is said. */
    readonly deep?: Expectation;
  };
}

export const healthy: Expectation = { worst: "healthy" };
