/**
 * Espruino's Wi-Fi settings as a block of 1 KB in a sector of their own (1v84 to 1v97).
 *
 * Little-endian: length 1024 and version 24 as halves, a CRC-32 of the whole block with this field zero, then the fields
 * below at fixed places. Passwords are in clear text. Source: Espruino's ESP8266 network wrapper; not tried on silicon, and
 * that the CRC is the common one of zlib is UNCERTAIN: a block is judged by its first words, and its CRC only reported.
 *
 * @module
 */
import { isFilledWith, readHalf, readWord } from "../bytes.js";
import { crc32 } from "../image/app-crc.js";
import { fixedText } from "./fixed-text.js";

/** Bytes of the block. */
export const WIFI_BLOCK_SIZE = 1024;

const VERSION = 24;

/** The settings. Texts are one character a byte, up to the first zero. */
export interface WifiBlock {
  /** 0 off, 1 station, 2 access point, 3 both. */
  readonly mode: number;
  readonly phyMode: number;
  readonly sleepType: number;
  readonly authMode: number;
  readonly hidden: boolean;
  readonly ssid: string;
  readonly password: string;
  readonly accessPointSsid: string;
  readonly accessPointPassword: string;
  readonly hostname: string;
  /** Whether the stored CRC is that of the bytes. */
  readonly crcMatches: boolean;
}

/** What a sector holds where the settings are expected; `undefined` content for anything that is no such block. */
export type WifiSector =
  | { readonly state: "blank" }
  | { readonly state: "settings"; readonly block: WifiBlock }
  | { readonly state: "other" };

/** Reads the block at the start of a sector. Survives any bytes, also fewer than a block. */
export function readWifiSector(bytes: Uint8Array): WifiSector {
  if (isFilledWith(bytes, 0xff)) return { state: "blank" };
  if (!startsWifiBlock(bytes) || bytes.length < WIFI_BLOCK_SIZE) return { state: "other" };
  return { state: "settings", block: readBlock(bytes.subarray(0, WIFI_BLOCK_SIZE)) };
}

/** Whether bytes begin as the block does; four of them are enough, wherever they are found. */
export function startsWifiBlock(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && readHalf(bytes, 0) === WIFI_BLOCK_SIZE && readHalf(bytes, 2) === VERSION;
}

function readBlock(block: Uint8Array): WifiBlock {
  return {
    mode: block[8],
    phyMode: block[9],
    sleepType: block[10],
    authMode: block[12],
    hidden: block[13] !== 0,
    ssid: fixedText(block, 14, Math.min(block[11], 32)),
    password: fixedText(block, 46, 64),
    accessPointSsid: fixedText(block, 110, 32),
    accessPointPassword: fixedText(block, 142, 64),
    hostname: fixedText(block, 206, 64),
    crcMatches: readWord(block, 4) === crcOf(block),
  };
}

function crcOf(block: Uint8Array): number {
  const copy = block.slice();
  copy.fill(0, 4, 8);
  return crc32(copy);
}
