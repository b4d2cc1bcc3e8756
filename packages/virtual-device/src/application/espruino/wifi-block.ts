/**
 * The block of 1024 bytes in which Espruino 1v84 to 1v97 keeps its Wi-Fi settings.
 *
 * | Offset | |
 * |---|---|
 * | 0 | length 1024, version 24, 16 bits each |
 * | 4 | CRC-32 of the 1024 bytes with this field 0 |
 * | 8 | mode, PHY mode, sleep type, length of the SSID, authentication and hidden flag of the access point |
 * | 14 | SSID, 32 bytes |
 * | 46 | password, 64 bytes |
 * | 110 | the access point's SSID, 32 bytes |
 * | 142 | its password, 64 bytes |
 * | 206 | host name, 64 bytes |
 *
 * @module
 */
import { crc32, fixedText, readU16, readU32, textBytes, writeU32 } from "../../bytes.js";
import type { WifiSettings } from "./wifi-settings.js";

/** Bytes of the block. */
export const WIFI_BLOCK_SIZE = 1024;
const VERSION = 24;

/** The block as it is written. */
export function encodeWifiBlock(settings: WifiSettings): Uint8Array {
  const block = new Uint8Array(WIFI_BLOCK_SIZE);
  writeU32(block, 0, WIFI_BLOCK_SIZE | (VERSION << 16));
  const { mode, phyMode, sleepType, ssid, authmodeAP, hiddenAP } = settings;
  block.set([mode, phyMode, sleepType, ssid.length, authmodeAP, hiddenAP], 8);
  block.set(textBytes(ssid.slice(0, 32)), 14);
  block.set(textBytes(settings.password.slice(0, 64)), 46);
  block.set(textBytes(settings.ssidAP.slice(0, 32)), 110);
  block.set(textBytes(settings.passwordAP.slice(0, 64)), 142);
  block.set(textBytes(settings.hostname.slice(0, 64)), 206);
  writeU32(block, 4, crc32(block));
  return block;
}

/** What a block holds; `undefined` when its length, version or CRC is not right. */
export function decodeWifiBlock(block: Uint8Array): WifiSettings | undefined {
  if (readU16(block, 0) !== WIFI_BLOCK_SIZE || readU16(block, 2) !== VERSION) return undefined;
  const unsealed = block.slice(0, WIFI_BLOCK_SIZE);
  writeU32(unsealed, 4, 0);
  if (crc32(unsealed) !== readU32(block, 4)) return undefined;
  return {
    mode: block[8]!,
    phyMode: block[9]!,
    sleepType: block[10]!,
    ssid: fixedText(block, 14, Math.min(32, block[11]!)),
    password: fixedText(block, 46, 64),
    hostname: fixedText(block, 206, 64),
    ssidAP: fixedText(block, 110, 32),
    passwordAP: fixedText(block, 142, 64),
    authmodeAP: block[12]!,
    hiddenAP: block[13]!,
    channelAP: 1,
  };
}
