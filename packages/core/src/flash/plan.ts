/**
 * A plan: what will be written, erased, kept and lost, as plain data that can be shown, stored and run later.
 *
 * @module
 */
import type { Statement } from "../image/flash-params.js";
import type { FirmwareId } from "../maps/firmware-id.js";
import type { Intent, SectorAccount } from "./account.js";
import type { Region } from "./region.js";

/** A file as the plan takes it. */
export interface PlannedImage {
  readonly name: string;
  readonly offset: number;
  /** Bytes of the file. */
  readonly size: number;
  /** SHA-256 of the file as it was given, in hex. */
  readonly sha256: string;
  /** What was changed in its header (`header-field-patched`). */
  readonly headerChanges: readonly Statement[];
}

/** What becomes of bytes that are erased with an image's sectors. */
export type Fate =
  /** Read before, and written again with the image. */
  | "kept"
  /** Known to be erased already. */
  | "blank"
  /** Erased and left so: the rest of the sector belongs to what is written there. */
  | "cleared"
  /** Erased; what they held was not known or is not kept. */
  | "lost";

/** Bytes outside every image that lie in a sector which is erased. */
export interface Fill {
  readonly region: Region;
  readonly fate: Fate;
}

/** One stretch that is erased and written in one go. */
export interface PlannedWrite {
  /** What is written. */
  readonly region: Region;
  /** What is erased for it: whole sectors; with the mask ROM perhaps one more than asked. */
  readonly erases: Region;
  /** SHA-256 of the bytes of `region`, in hex: images, headers changed, and kept fills. */
  readonly sha256: string;
  /** Names of the images in it, whole or in part. */
  readonly images: readonly string[];
  readonly fills: readonly Fill[];
}

/** One field of the header at offset 0, by the name that the field's parser takes: `dio`, `40m`, `4MB-c1`. */
export interface PlannedField {
  readonly name: string;
  readonly reason: Statement;
}

/** The header with which the chip starts. */
export interface PlannedHeader {
  readonly mode: PlannedField;
  readonly freq: PlannedField;
  /** The flash size with its split, which is the map. */
  readonly size: PlannedField;
}

/** The application that the second boot has to start when the plan has run. */
export interface PlannedBoot {
  readonly slot: "user1" | "user2";
  readonly offset: number;
}

/** Everything that will happen to the flash. Plain data; the bytes travel beside it, by SHA-256. */
export interface FlashPlan {
  readonly format: "flashwright/plan";
  readonly version: 2;
  readonly intent: Intent;
  /** Name of the target. */
  readonly target: string;
  /** The chip that the plan is for, by its MAC. */
  readonly mac: string;
  readonly flashSize: number;
  readonly loader: "rom" | "stub";
  /** What starts afterwards, where the plan knows it. */
  readonly firmware?: FirmwareId;
  /** Present where the plan writes, or finds in its place, an image with such a header at offset 0. */
  readonly header?: PlannedHeader;
  readonly boots?: PlannedBoot;
  /** Whether the whole chip is erased first. */
  readonly eraseChip: boolean;
  readonly images: readonly PlannedImage[];
  /** Sectors that are erased and not written, before the first write; rising offsets. With the mask ROM what it really erases. */
  readonly erases: readonly Region[];
  /** In the order in which they are made: rising offsets, so that what one erases behind it is written afterwards. */
  readonly writes: readonly PlannedWrite[];
  /** The whole chip by rising offset, each sector once. */
  readonly accounts: readonly SectorAccount[];
  /** What a person should know before saying yes. */
  readonly warnings: readonly Statement[];
}

/** Bytes by their SHA-256 in hex. */
export type PlanData = ReadonlyMap<string, Uint8Array>;
