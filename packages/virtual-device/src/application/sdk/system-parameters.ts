/**
 * The SDK's system parameters: two copies and a sector that says which of them counts, at the end of the map.
 *
 * Their format is not documented; this one is the device's own, with only what is known kept: the places, the credentials
 * in clear, and the slot to run in the first byte of the last sector (see `second-boot.ts`). UNCERTAIN on silicon.
 *
 * | Offset in a copy | |
 * |---|---|
 * | 0 | the 4 bytes `VSYS` |
 * | 4 | Wi-Fi mode, length of the network's name, length of its password, 0 |
 * | 8 | name of the network, 32 bytes |
 * | 40 | password, 64 bytes |
 * | 104 | CRC-32 of all that |
 *
 * In the last sector byte 1 names the copy (0: A, 1: B) and bytes 4 to 7 are `VSEL`.
 *
 * @module
 */
import { crc32, fixedText, isFilledWith, latin1, readU32, textBytes, writeU32 } from "../../bytes.js";
import type { Routine } from "../../chip/cpu.js";
import type { Machine } from "../../chip/machine.js";
import { readSdkFlash, rewriteSector } from "./flash-access.js";

/** What is kept over a reset. */
export interface SystemParameters {
  /** Bit 0: station, bit 1: access point. */
  readonly wifiMode: number;
  readonly ssid: string;
  readonly password: string;
}

const SECTOR = 0x1000;
const COPY_MARK = "VSYS";
const CHOICE_MARK = "VSEL";
const COPY_SIZE = 108;
const CRC_AT = 104;

/** The SDK's defaults: an open access point. */
export const DEFAULT_PARAMETERS: SystemParameters = { wifiMode: 2, ssid: "", password: "" };

const copyOffset = (mapSize: number, copy: number): number => mapSize - (copy === 0 ? 0x3000 : 0x2000);
const choiceOffset = (mapSize: number): number => mapSize - 0x1000;

/** Fills each of the three sectors that holds nothing: erased, or zeros as in a combined image. */
export function* createBlankParameters(machine: Machine, mapSize: number): Routine<void> {
  for (const copy of [0, 1]) {
    const offset = copyOffset(mapSize, copy);
    if (holdsNothing(machine, offset)) yield* rewriteSector(machine, offset, encodeCopy(DEFAULT_PARAMETERS));
  }
  if (holdsNothing(machine, choiceOffset(mapSize))) {
    yield* rewriteSector(machine, choiceOffset(mapSize), encodeChoice(0, 0));
  }
}

/** The parameters that count; the defaults when neither copy is one of ours. */
export function readParameters(machine: Machine, mapSize: number): SystemParameters {
  const chosen = chosenCopy(machine, mapSize);
  for (const copy of [chosen, 1 - chosen]) {
    const parameters = decodeCopy(readSdkFlash(machine, copyOffset(mapSize, copy), COPY_SIZE));
    if (parameters !== undefined) return parameters;
  }
  return DEFAULT_PARAMETERS;
}

/** Writes the copy that does not count, then makes it the one that does. The slot to run stays. */
export function* writeParameters(
  machine: Machine,
  mapSize: number,
  parameters: SystemParameters,
): Routine<void> {
  const copy = 1 - chosenCopy(machine, mapSize);
  const slot = readSdkFlash(machine, choiceOffset(mapSize), 1)[0]!;
  yield* rewriteSector(machine, copyOffset(mapSize, copy), encodeCopy(parameters));
  yield* rewriteSector(machine, choiceOffset(mapSize), encodeChoice(slot, copy));
}

function holdsNothing(machine: Machine, offset: number): boolean {
  const sector = readSdkFlash(machine, offset, SECTOR);
  return isFilledWith(sector, 0xff) || isFilledWith(sector, 0);
}

function chosenCopy(machine: Machine, mapSize: number): 0 | 1 {
  const choice = readSdkFlash(machine, choiceOffset(mapSize), 8);
  return latin1(choice.subarray(4)) === CHOICE_MARK && choice[1] === 1 ? 1 : 0;
}

function encodeChoice(slot: number, copy: number): Uint8Array {
  const bytes = Uint8Array.of(slot, copy, 0xff, 0xff, 0, 0, 0, 0);
  bytes.set(textBytes(CHOICE_MARK), 4);
  return bytes;
}

function encodeCopy({ wifiMode, ssid, password }: SystemParameters): Uint8Array {
  const bytes = new Uint8Array(COPY_SIZE);
  bytes.set(textBytes(COPY_MARK));
  bytes.set([wifiMode, ssid.length, password.length], 4);
  bytes.set(textBytes(ssid.slice(0, 32)), 8);
  bytes.set(textBytes(password.slice(0, 64)), 40);
  writeU32(bytes, CRC_AT, crc32(bytes.subarray(0, CRC_AT)));
  return bytes;
}

function decodeCopy(bytes: Uint8Array): SystemParameters | undefined {
  if (latin1(bytes.subarray(0, 4)) !== COPY_MARK) return undefined;
  if (readU32(bytes, CRC_AT) !== crc32(bytes.subarray(0, CRC_AT))) return undefined;
  return { wifiMode: bytes[4]!, ssid: fixedText(bytes, 8, 32), password: fixedText(bytes, 40, 64) };
}
