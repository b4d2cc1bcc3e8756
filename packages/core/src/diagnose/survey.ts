/**
 * A survey: what is on a chip, as far as somebody looked.
 *
 * @module
 */
import type { KnownContent } from "../flash/plan-flash.js";
import type { Region } from "../flash/region.js";
import type { FlashParams } from "../image/flash-params.js";
import type { EspImage } from "../image/image-types.js";
import type { Certainty, FirmwareId } from "../maps/firmware-id.js";
import type { FlashLayout, LayoutRegion } from "../maps/layout.js";

/** How far somebody looked: `quick` says "looks like", `deep` "intact" or "damaged". */
export type SurveyDepth = "quick" | "deep";

/** An application in flash. */
export interface SlotState {
  readonly slot: "user1" | "user2" | "app";
  readonly offset: number;
  /** Bytes from `offset`, as its headers say; `undefined` where they make no sense. */
  readonly size: number | undefined;
  /** Mode, frequency and map of the header inside it: what it was linked for. */
  readonly linkedParams: FlashParams | undefined;
  readonly firmware: FirmwareId;
  /**
   * `looks-whole`: headers agree, its bytes were not all looked at (quick). `intact`, `damaged`: checksum and CRC were
   * computed, or it was compared with a package (deep). `absent`: no image header there. `blank`: erased.
   */
  readonly state: "looks-whole" | "intact" | "damaged" | "absent" | "blank";
  /** Only where the whole of it was read. */
  readonly image?: EspImage;
}

/** What a region of the layout holds. */
export interface RegionState {
  readonly region: LayoutRegion;
  /** `unseen`: nobody looked. `partly`: some sectors are blank. */
  readonly content: "blank" | "data" | "partly" | "unseen";
}

/** A digest of bytes on the chip. */
export interface KnownDigest extends Region {
  /** MD5 in lower-case hex. */
  readonly md5: string;
}

/** All that is known of the bytes on a chip. */
export interface FlashContents {
  readonly bytes: readonly KnownContent[];
  readonly digests: readonly KnownDigest[];
  /** Known to be erased; merged, by rising offset. */
  readonly blank: readonly Region[];
}

/** What is on a chip. */
export interface Survey {
  readonly depth: SurveyDepth;
  readonly flashSize: number;
  /** First byte of flash; 0xE9 where the boot ROM finds an image. */
  readonly firstByte: number;
  /** Mode, frequency and map of the header at offset 0; `undefined` where there is none. */
  readonly header: FlashParams | undefined;
  readonly bootLoader: { readonly kind: "sdk" | "eboot" | "rboot"; readonly version: string } | undefined;
  readonly slots: readonly SlotState[];
  /** The slot that starts, as far as the boot flag tells; UNCERTAIN on silicon, its format is not documented. */
  readonly activeSlot: "user1" | "user2" | undefined;
  /** The firmware that starts. */
  readonly firmware: FirmwareId;
  readonly firmwareCertainty: Certainty;
  /** Of that firmware under the map in the header; `undefined` where none is known. */
  readonly layout: FlashLayout | undefined;
  readonly regions: readonly RegionState[];
  readonly contents: FlashContents;
  /** What looking cost. */
  readonly readBytes: number;
  readonly hashedBytes: number;
}
