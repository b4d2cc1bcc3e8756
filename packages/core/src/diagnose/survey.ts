/**
 * A survey: what is on a chip, as far as somebody looked.
 *
 * @module
 */
import type { FlashContents } from "../flash/contents.js";
import type { FlashParams, Statement } from "../image/flash-params.js";
import type { EspImage } from "../image/image-types.js";
import type { Certainty, FirmwareId } from "../maps/firmware-id.js";
import type { FlashLayout, LayoutRegion } from "../maps/layout.js";

export type { FlashContents, KnownDigest } from "../flash/contents.js";

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
   * `looks-whole`: headers agree, its bytes were not all looked at, or it has no sum that covers its code. `looks-damaged`:
   * headers disagree, or a sector within it is erased. `intact`, `damaged`: checksum and CRC were computed, or it was
   * compared with a package (deep). `absent`: no image header there. `blank`: erased.
   */
  readonly state: "looks-whole" | "looks-damaged" | "intact" | "damaged" | "absent" | "blank";
  /** What says that it is damaged, or that it may be: codes of images and `evidence-…`. */
  readonly flaws: readonly Statement[];
  /** Only where the whole of it was read. */
  readonly image?: EspImage;
}

/** What a region of the layout holds. */
export interface RegionState {
  readonly region: LayoutRegion;
  /**
   * `unseen`: nobody looked. `partly`: some sectors are blank. `zeros`: only zeros, as whole-chip images are filled with.
   * `data`: at least a part of it holds something.
   */
  readonly content: "blank" | "zeros" | "data" | "partly" | "unseen";
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
  /** What is wrong with the image at offset 0, as far as it lies in the first sector; codes of images. */
  readonly bootFlaws: readonly Statement[];
  readonly slots: readonly SlotState[];
  /** The slot that starts, as the second boot's record tells; `undefined` also where that leads to neither. See `readActiveSlot`. */
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
