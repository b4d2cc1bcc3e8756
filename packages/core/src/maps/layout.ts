/**
 * A layout: what lies where in flash for one firmware, in one version, under one flash map.
 *
 * @module
 */
import type { Region } from "../flash/region.js";
import type { Certainty, FirmwareId } from "./firmware-id.js";

/** Whose a region is. */
export const RegionOwner = {
  /** Second boot and the header that names mode, frequency and map. */
  boot: "boot",
  user1: "user1",
  user2: "user2",
  /** The application where there are no update slots. */
  app: "app",
  rfCal: "rf-cal",
  phyInit: "phy-init",
  systemParams: "system-params",
  /** The sector with which the second boot chooses the slot. */
  bootFlag: "boot-flag",
  eeprom: "eeprom",
  savedCode: "saved-code",
  storage: "storage",
  wifi: "wifi",
  /** Settings of the application itself. */
  settings: "settings",
  fileSystem: "file-system",
  /** Kept free for the firmware; nothing is written there. */
  reserved: "reserved",
  /** The user's own. */
  free: "free",
  /** Belongs to nobody. */
  unused: "unused",
} as const;
export type RegionOwner = (typeof RegionOwner)[keyof typeof RegionOwner];

/** What erasing a region costs. */
export const Erasure = {
  /** Nothing. */
  harmless: "harmless",
  /** Nothing that does not come back by itself: calibration, defaults. */
  recreated: "recreated",
  /** What a person or a program stored there. */
  losesData: "loses-data",
  /** The board does not start until it is written again. */
  breaksBoot: "breaks-boot",
} as const;
export type Erasure = (typeof Erasure)[keyof typeof Erasure];

/** What makes the running firmware write a region. */
export const WrittenAt = {
  /** Only a flasher writes it. */
  flashing: "flashing",
  /** Every start. */
  boot: "boot",
  /** Saving Wi-Fi settings. */
  wifiSave: "wifi-save",
  /** Saving code or files. */
  save: "save",
  /** An update over the network. */
  update: "update",
  /** A program that uses what the firmware calls free. */
  program: "program",
  never: "never",
} as const;
export type WrittenAt = (typeof WrittenAt)[keyof typeof WrittenAt];

/** One region of a layout. */
export interface LayoutRegion extends Region {
  /** Names it within its layout: `wifi`, `saved-code`; what `erase <region>` takes. */
  readonly id: string;
  readonly owner: RegionOwner;
  readonly erasure: Erasure;
  readonly writtenAt: WrittenAt;
  /** How what it holds is encoded, where a newer version may read it differently; see `dataFormats`. */
  readonly format?: string;
  readonly certainty: Certainty;
  /** Set where the firmware itself names it when a program asks for free flash, rightly or not. */
  readonly listedFree?: true;
  /** Set for an update slot from which what is built for it cannot run. */
  readonly unusable?: true;
  /** Where the fact comes from, and what is odd about it. For developers and `map --json`; not translated. */
  readonly source: string;
}

/**
 * All regions of one firmware under one map, by rising offset; together they hold every byte of the chip. Those of a map
 * that does not fit the firmware overlap, and so do those of which the firmware wrongly says that they are free.
 */
export interface FlashLayout {
  readonly firmware: FirmwareId;
  /** Flash map code 0 to 9; `undefined` for firmware that does not read it. */
  readonly map: number | undefined;
  /** Bytes of flash that the layout describes. */
  readonly flashSize: number;
  readonly regions: readonly LayoutRegion[];
  /** What of the firmware's regions lies behind the end of the chip; what of them lies before it is in `regions`. */
  readonly beyond: readonly LayoutRegion[];
  /** Set where no version was given, or none that can be read: the layout is that of the newest. */
  readonly versionAssumed?: true;
  /** Offset behind the last byte that the application may fill. */
  readonly imageLimit: number;
}
