/**
 * The boot record: which update slot the SDK's second boot starts.
 *
 * The last three sectors of the map are two copies of the SDK's parameters and a flag. The flag's first byte only says which
 * copy counts; the first 8 bytes of that copy are the second boot's, and what follows them is the SDK's. Found by reading
 * the code of boot_v1.6 and boot_v1.7 and running it over many flash contents; not tried on silicon. Of releases before
 * 1.6 nothing is known here; they are taken to do the same (UNCERTAIN).
 *
 * @module
 */
import { SECTOR_SIZE } from "../flash/geometry.js";
import type { Region } from "../flash/region.js";
import type { FlashSize } from "../image/flash-params.js";

/** Bytes of the record at the start of each copy. */
export const BOOT_RECORD_SIZE = 8;

/** An update slot. */
export type UpdateSlot = "user1" | "user2";

/** Where the second boot looks. */
export interface BootRecordPlaces {
  readonly copyA: Region;
  readonly copyB: Region;
  /** First byte 0: copy A counts. Anything else, erased included: copy B. */
  readonly flag: Region;
}

/** What the second boot makes of a record. */
export type BootChoice =
  /**
   * It starts a slot. `isFallback`: that is the other one than was chosen, because the chosen one could not be loaded; when
   * this one cannot either, nothing starts.
   */
  | { readonly kind: "slot"; readonly slot: UpdateSlot; readonly isFallback: boolean }
  /** It is none that this release goes by: the release stores a new one, and user1 starts. */
  | { readonly kind: "unread" }
  /** It names a slot 2, which does not exist: `error user bin flag`, and nothing starts. */
  | { readonly kind: "no-slot" }
  /** It starts a program at an offset of its own. */
  | { readonly kind: "elsewhere" };

const SLOT_BITS = 0x03;
const UNREAD_SLOT = 3;
const FIRST_ATTEMPT = 0x04;
const VERSION_BITS = 0x1f;
const TEST_PASSED = 0x20;
const TEST_NOT_BEGUN = 0x40;
const PLAIN_SLOTS = 0x80;
/** Bits 7 to 5 of the second byte where no test and no enhanced mode is meant. */
const NO_TEST = TEST_PASSED | TEST_NOT_BEGUN | PLAIN_SLOTS;

/** The places under a map. Release 1.6 takes a map above 4 MB for one of 512 KB. */
export function bootRecordPlaces({ size }: Pick<FlashSize, "size">, release?: string): BootRecordPlaces {
  const end = size > 0x40_0000 && bootRelease(release) === 6 ? 0x8_0000 : size;
  const sector = (back: number): Region => ({ offset: end - back * SECTOR_SIZE, size: SECTOR_SIZE });
  return { copyA: sector(3), copyB: sector(2), flag: sector(1) };
}

/** The copy that counts. */
export function copyInForce(flag: number, { copyA, copyB }: BootRecordPlaces): Region {
  return flag === 0 ? copyA : copyB;
}

/**
 * Reads a record. Survives any bytes.
 * @param record 8 bytes or more
 * @param release the second boot's version, `1.6`; a record of another one counts as unread
 */
export function readBootRecord(record: Uint8Array, release?: string): BootChoice {
  const [choice, state] = [record[0]!, record[1]!];
  const number = choice & SLOT_BITS;
  const own = bootRelease(release);
  const isOwn = own === undefined || (state & VERSION_BITS) === own;
  if (!isOwn || number === UNREAD_SLOT) return { kind: "unread" };
  const isTest = (state & (TEST_PASSED | TEST_NOT_BEGUN)) === TEST_PASSED;
  if (isTest || (state & PLAIN_SLOTS) === 0) return { kind: "elsewhere" };
  if (number > 1) return { kind: "no-slot" };
  const isFirst = (choice & FIRST_ATTEMPT) !== 0;
  return { kind: "slot", slot: (number === 0) === isFirst ? "user1" : "user2", isFallback: !isFirst };
}

/**
 * The same bytes with a record by which a slot starts at the first attempt; only the first two bytes change.
 * @param copy a copy of the parameters, or its beginning
 * @param release the second boot's version; without it the record keeps its own
 */
export function withUpdateSlot(copy: Uint8Array, slot: UpdateSlot, release?: string): Uint8Array {
  const changed = copy.slice();
  changed[0] = (copy[0]! & ~(SLOT_BITS | FIRST_ATTEMPT)) | FIRST_ATTEMPT | (slot === "user1" ? 0 : 1);
  changed[1] = NO_TEST | (bootRelease(release) ?? copy[1]! & VERSION_BITS);
  return changed;
}

/** 6 of `1.6`, 7 of `1.7(5d6f877)`: the number by which a release knows its own records. */
function bootRelease(release: string | undefined): number | undefined {
  const minor = /^1\.(\d{1,2})\b/.exec(release ?? "")?.[1];
  return minor === undefined ? undefined : Number(minor);
}
