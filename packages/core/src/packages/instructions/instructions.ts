/**
 * What a manifest or a command line says: which files go where, and what the header is to hold.
 *
 * @module
 */
import { safePath } from "../../archives/safe-path.js";
import { FlasherError } from "../../errors.js";
import type { MessageParams } from "../../messages/catalogue.js";
import type { Announced, InstructedErase, PackageFinding, PackageKind } from "../firmware-package.js";

/** A file and the offset that somebody wrote beside it. */
export interface InstructedFile {
  /** Safe, and relative to the file that holds the instructions. */
  readonly path: string;
  readonly offset: number;
  /** What the instructions say that the file is: its SHA-256 in lower-case hex, its size in bytes. */
  readonly sha256?: string;
  readonly size?: number;
  /** Of the text, from 1; `undefined` in JSON. */
  readonly line?: number;
}

/** Header fields as they were written. */
export interface HeaderTexts {
  readonly mode?: string;
  readonly freq?: string;
  readonly size?: string;
}

/** Instructions of any form. */
export interface Instructions {
  readonly kind: PackageKind;
  readonly files: readonly InstructedFile[];
  readonly header: HeaderTexts;
  readonly erase: InstructedErase;
  readonly announced?: Announced;
  /** Where the command begins in a text, from 1. */
  readonly line?: number;
  readonly findings: readonly PackageFinding[];
}

/** More files than this are a mistake: a flash of 16 MB has room for 256 blocks. */
export const MAX_FILES = 256;

/** Offsets are below this: what the 32 bits of a loader's commands can say. */
const OFFSET_LIMIT = 2 ** 32;

/**
 * A file's path, made safe.
 * @param where for the error: `line` or `field`
 * @throws FlasherError `package-path-unsafe`
 */
export function instructedPath(path: string, where: MessageParams = {}): string {
  const safe = safePath(path);
  if (safe !== undefined) return safe;
  throw new FlasherError("package-path-unsafe", { path: path.slice(0, 200), ...where });
}

/** An offset in hex or decimal; `undefined` for anything else, and beyond 32 bits. */
export function parseOffset(text: string): number | undefined {
  if (!/^(0x[0-9a-f]{1,16}|\d{1,16})$/i.test(text)) return undefined;
  const value = Number(text);
  return value < OFFSET_LIMIT ? value : undefined;
}
