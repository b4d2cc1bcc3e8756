/**
 * Where the content of a flash chip comes from: a session, a dump.
 *
 * @module
 */
import type { Region } from "../flash/region.js";

/** A flash whose bytes can be asked for. Both questions cost time on a real chip: hashing is about 17 times cheaper. */
export interface FlashSource {
  /** Bytes of the chip. */
  readonly size: number;
  read(region: Region): Promise<Uint8Array>;
  /** MD5 in lower-case hex. */
  md5(region: Region): Promise<string>;
}
