/**
 * A firmware package: files of any origin, understood.
 *
 * @module
 */
import type { FlashParams, FlashSize, Statement } from "../image/flash-params.js";
import type { HeaderChoice } from "../image/patch-header.js";
import type { FirmwareId } from "../maps/firmware-id.js";

/** A file as it was found, in a folder or an archive. */
export interface PackageFile {
  /** Path with forward slashes, relative to the folder or archive. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What a package came as. */
export const PackageKind = {
  /** Espruino's archive, folder or zip. */
  espruinoRelease: "espruino-release",
  /** One file for the whole flash. */
  combined: "combined",
  /** Files as Espressif's SDK ships them. */
  sdkFolder: "sdk-folder",
  /** ESP Web Tools `manifest.json`. */
  manifest: "manifest",
  /** One image. */
  image: "image",
  /** A flasher's command line with the files that it names. */
  commandLine: "command-line",
  intelHex: "intel-hex",
  /** ESP-IDF's `flasher_args.json`. */
  flasherArgs: "flasher-args",
} as const;
export type PackageKind = (typeof PackageKind)[keyof typeof PackageKind];

/** What a part is. */
export const PartRole = {
  boot: "boot",
  user1: "user1",
  user2: "user2",
  /** An application that the boot ROM or eboot starts. */
  app: "app",
  /** Code that is run in place, without a header of its own. */
  irom: "irom",
  phyInit: "phy-init",
  /** Erased bytes, to make a sector start clean. */
  blank: "blank",
  fileSystem: "file-system",
  data: "data",
} as const;
export type PartRole = (typeof PartRole)[keyof typeof PartRole];

/** One file of a package and where it goes. */
export interface PackagePart {
  readonly name: string;
  readonly role: PartRole;
  /** Where it goes: from the start of flash, or (a positive number) back from the end of what the map describes. */
  readonly place: { readonly from: "start" | "end"; readonly offset: number };
  readonly bytes: Uint8Array;
  /** SHA-256 in hex. */
  readonly sha256: string;
  /** Set for what the package holds but a serial flasher does not write: user2 of an Espruino release. */
  readonly spare?: true;
}

/** Something in a package that does not agree with itself or with what is known. */
export interface PackageFinding extends Statement {
  readonly severity: "error" | "warning" | "note";
}

/** Whether a package's instructions erase the whole chip first. */
export type InstructedErase =
  | "none"
  /** The person is to be asked. */
  | "ask"
  | "all";

/** What a manifest calls its firmware. */
export interface Announced {
  readonly name?: string;
  readonly version?: string;
  /** Where its makers take money: an address of the web. */
  readonly fundingUrl?: string;
}

/** A package, opened. */
export interface FirmwarePackage {
  readonly kind: PackageKind;
  /** For people: the archive's or file's name. */
  readonly name: string;
  readonly firmware: FirmwareId;
  /** The map that the firmware was linked for, from the header inside its image; never from a file's name. */
  readonly linkedMap: FlashSize | undefined;
  /** That header's mode, frequency and size. */
  readonly linkedParams: FlashParams | undefined;
  /** What the package's own instructions say of the header at offset 0: a command line, a manifest. */
  readonly instructed: HeaderChoice;
  readonly instructedErase: InstructedErase;
  /** Present for a manifest. */
  readonly announced?: Announced;
  /** By rising place; those from the start first. */
  readonly parts: readonly PackagePart[];
  readonly findings: readonly PackageFinding[];
}
