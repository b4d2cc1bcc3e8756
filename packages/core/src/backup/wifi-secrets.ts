/**
 * Finding Wi-Fi passwords in what was read, and leaving them out.
 *
 * @module
 */
import { isFilledWith } from "../bytes.js";
import { isFlasherError } from "../errors.js";
import { ERASED_BYTE, SECTOR_SIZE } from "../flash/geometry.js";
import { overlaps, type Region, regionEnd } from "../flash/region.js";
import {
  isWifiSettings,
  readStorage,
  StorageFormat,
  WIFI_SETTINGS_FILE,
} from "../formats/espruino-storage.js";
import { startsWifiBlock } from "../formats/espruino-wifi-block.js";
import { sdkParamCopies } from "../formats/sdk-params.js";
import { withoutStorageFiles } from "../formats/without-file.js";
import { type FlashLayout, type LayoutRegion, RegionOwner } from "../maps/layout.js";
import { WifiSecrets } from "./manifest.js";
import { holdsWifi, isStorage } from "./select-regions.js";
import { assemble, covers, hasBytes, leaveOut, replace, type SparseFlash } from "./sparse-flash.js";

/** What the bytes that were read belong to. */
export interface FlashMeaning {
  readonly layout: FlashLayout;
  /** Where programs really lie, as far as that is known; otherwise every slot counts as full. */
  readonly programs?: readonly Region[];
}

/** Flash without its Wi-Fi settings. */
export interface WithoutWifi {
  readonly flash: SparseFlash;
  /** Storage that was rewritten without its settings. */
  readonly altered: readonly Region[];
}

/**
 * What was read, without any Wi-Fi settings: regions that hold nothing else are left out, Storage loses one file, and what an
 * earlier firmware may have left outside of every program is left out as well.
 *
 * A program, or a file of its user, may still hold a password as text; nobody can tell it from other text.
 */
export function withoutWifi(flash: SparseFlash, meaning: FlashMeaning): WithoutWifi {
  const { layout } = meaning;
  let rest = leaveOut(flash, [...layout.regions.filter(holdsWifi), ...tailCopies(flash, meaning)]);
  const altered: Region[] = [];
  for (const storage of layout.regions.filter(isStorage)) {
    if (!covers(rest, storage)) {
      // A part of it tells nobody where a file begins.
      rest = leaveOut(rest, [storage]);
      continue;
    }
    const before = assemble(storage, rest);
    const after = cleaned(before, storage);
    if (after === undefined) rest = leaveOut(rest, [storage]);
    else if (after.some((byte, i) => byte !== before[i])) {
      rest = replace(rest, storage.offset, after);
      altered.push({ offset: storage.offset, size: storage.size });
    }
  }
  return { flash: leaveOut(rest, leftovers(rest, meaning)), altered };
}

/** What of Wi-Fi settings was read. */
export function wifiSecretsIn(flash: SparseFlash, meaning: FlashMeaning | undefined): WifiSecrets {
  if (meaning === undefined) return flash.pieces.length === 0 ? WifiSecrets.none : WifiSecrets.unknown;
  const { layout } = meaning;
  const plain = [
    ...layout.regions.filter(holdsWifi),
    ...tailCopies(flash, meaning),
    ...leftovers(flash, meaning),
  ];
  const isHeld =
    plain.some((region) => !isFilledWith(assemble(region, flash), ERASED_BYTE)) ||
    layout.regions.filter(isStorage).some((storage) => hasWifiFile(assemble(storage, flash), storage));
  return isHeld ? WifiSecrets.held : WifiSecrets.none;
}

/** Storage without its Wi-Fi settings; `undefined` where it is damaged and nobody can say where they are. */
function cleaned(area: Uint8Array, { format }: LayoutRegion): Uint8Array | undefined {
  try {
    return withoutStorageFiles(area, [WIFI_SETTINGS_FILE], formatOf(format)).area;
  } catch (error) {
    if (isFlasherError(error, "storage-damaged")) return undefined;
    throw error;
  }
}

/** Damaged Storage counts: its bytes may be anything. */
function hasWifiFile(area: Uint8Array, { format }: LayoutRegion): boolean {
  const { state, files } = readStorage(area, formatOf(format));
  return state === "damaged" || files.some(isWifiSettings);
}

function formatOf(format: string | undefined): StorageFormat | undefined {
  return Object.values(StorageFormat).find((known) => known === format);
}

/** Sizes that a flash map of an earlier firmware may have ended at. */
const MAP_ENDS = [0x8_0000, 0x10_0000, 0x20_0000, 0x40_0000, 0x80_0000, 0x100_0000];

/** What is left where an SDK under another map kept its parameters, outside of every program that is there now. */
function tailCopies(flash: SparseFlash, meaning: FlashMeaning): Region[] {
  const ends = MAP_ENDS.filter((end) => end <= meaning.layout.flashSize);
  return ends.map(sdkParamCopies).filter((copies) => hasBytes(flash, copies) && !isInUse(copies, meaning));
}

const SLOTS: readonly RegionOwner[] = [
  RegionOwner.boot,
  RegionOwner.user1,
  RegionOwner.user2,
  RegionOwner.app,
];

/** Whether a program lies there, which names settings without holding any, or Storage, which is looked at file by file. */
function isInUse(region: Region, { layout, programs }: FlashMeaning): boolean {
  const slots = programs ?? layout.regions.filter(({ owner }) => SLOTS.includes(owner));
  return [...slots, ...layout.regions.filter(isStorage)].some((known) => overlaps(known, region));
}

/** Sectors in no use that look as if an earlier firmware had kept Wi-Fi settings there. */
function leftovers(flash: SparseFlash, meaning: FlashMeaning): Region[] {
  const found: Region[] = [];
  for (const { offset, bytes } of flash.pieces) {
    for (let at = 0; at < bytes.length; at += SECTOR_SIZE) {
      const sector = { offset: offset + at, size: SECTOR_SIZE };
      const next = { offset: regionEnd(sector), size: SECTOR_SIZE };
      if (isInUse(sector, meaning) || !looksLikeWifi(bytes.subarray(at, at + SECTOR_SIZE))) continue;
      // What a name announces may go on in the next sector.
      found.push(sector, ...(isInUse(next, meaning) ? [] : [next]));
    }
  }
  return found;
}

/** The file's name as it is while the file lives, as it is when deleted, and the keys within. */
const TELLTALES = [".wificfg", "\0\0\0\0icfg\0", '"password"', '"passwordAP"'].map((text) =>
  Uint8Array.from(text, (character) => character.charCodeAt(0)),
);

function looksLikeWifi(sector: Uint8Array): boolean {
  return startsWifiBlock(sector) || TELLTALES.some((text) => includes(sector, text));
}

function includes(bytes: Uint8Array, text: Uint8Array): boolean {
  for (let at = bytes.indexOf(text[0]); at !== -1; at = bytes.indexOf(text[0], at + 1)) {
    if (text.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}
