/**
 * What every loader can do with flash.
 *
 * @module
 */
import type { Region } from "../flash/region.js";
import type { Connection } from "../protocol/connection.js";
import type { Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";

/** Called with the bytes of flash that are done, never with bytes on the wire. */
export type Progress = (doneBytes: number) => void;

/** The program that answers on the UART: the mask ROM's, or the stub. */
export interface Loader {
  readonly kind: "rom" | "stub";
  /** For messages: "ROM loader", "stub". */
  readonly title: string;
  readonly connection: Connection;
  readonly target: Target;
  /** Bytes of the flash chip. */
  readonly flashSize: number;
  /** What a write or erase of `region` clears, at least its sectors. */
  erases(region: Region): Region;
  /** Erases the sectors and writes `bytes` from `offset`. */
  write(offset: number, bytes: Uint8Array, progress?: Progress, signal?: AbortSignalLike): Promise<void>;
  /** Erases the sectors of `region`. */
  eraseRegion(region: Region, signal?: AbortSignalLike): Promise<void>;
}
