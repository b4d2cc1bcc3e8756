/**
 * The SDK's system parameters: two copies and a sector that says which of them counts, at the end of the map.
 *
 * Their format is not documented; this one is the device's own, with only what is known kept: the places, the credentials
 * in clear, the boot loader's record at the start of a copy and the first byte of the last sector (see `boot-record.ts`).
 * UNCERTAIN on silicon.
 *
 * | Offset in a copy | |
 * |---|---|
 * | 0 | the boot loader's record, taken over as it is |
 * | 8 | the 4 bytes `VSYS` |
 * | 12 | Wi-Fi mode, length of the network's name, length of its password, 0 |
 * | 16 | name of the network, 32 bytes |
 * | 48 | password, 64 bytes |
 * | 112 | CRC-32 of bytes 8 to 111 |
 *
 * In the last sector byte 0 names the copy (0: A, else B) and bytes 4 to 7 are `VSEL`.
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
const RECORD_SIZE = 8;
const COPY_MARK = "VSYS";
const CHOICE_MARK = "VSEL";
/** Bytes of a copy from the mark to the CRC-32. */
const COPY_SIZE = 108;
const CRC_AT = 104;

/** The SDK's defaults: an open access point. */
export const DEFAULT_PARAMETERS: SystemParameters = { wifiMode: 2, ssid: "", password: "" };

const copyOffset = (mapSize: number, copy: number): number => mapSize - (copy === 0 ? 0x3000 : 0x2000);
const choiceOffset = (mapSize: number): number => mapSize - 0x1000;

/**
 * Fills what holds nothing: of a copy the part behind the boot loader's record, which both copies have then, and of the
 * last sector what is behind its first byte. Nothing means erased, or zeros as in a combined image.
 */
export function* createBlankParameters(machine: Machine, mapSize: number): Routine<void> {
  const record = bootRecord(machine, mapSize);
  for (const copy of [0, 1]) {
    const offset = copyOffset(mapSize, copy);
    if (!holdsNothing(machine, offset, RECORD_SIZE)) continue;
    yield* rewriteSector(machine, offset, encodeCopy(record, DEFAULT_PARAMETERS));
  }
  const offset = choiceOffset(mapSize);
  if (holdsNothing(machine, offset, 4)) {
    yield* rewriteSector(machine, offset, encodeChoice(chosenCopy(machine, mapSize)));
  }
}

/** The parameters that count; the defaults when neither copy is one of ours. */
export function readParameters(machine: Machine, mapSize: number): SystemParameters {
  const chosen = chosenCopy(machine, mapSize);
  for (const copy of [chosen, 1 - chosen]) {
    const parameters = decodeCopy(readSdkFlash(machine, copyOffset(mapSize, copy) + RECORD_SIZE, COPY_SIZE));
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
  const copy = chosenCopy(machine, mapSize) === 0 ? 1 : 0;
  const record = bootRecord(machine, mapSize);
  yield* rewriteSector(machine, copyOffset(mapSize, copy), encodeCopy(record, parameters));
  yield* rewriteSector(machine, choiceOffset(mapSize), encodeChoice(copy));
}

function holdsNothing(machine: Machine, offset: number, from: number): boolean {
  const sector = readSdkFlash(machine, offset, SECTOR).subarray(from);
  return isFilledWith(sector, 0xff) || isFilledWith(sector, 0);
}

function chosenCopy(machine: Machine, mapSize: number): 0 | 1 {
  return readSdkFlash(machine, choiceOffset(mapSize), 1)[0] === 0 ? 0 : 1;
}

function bootRecord(machine: Machine, mapSize: number): Uint8Array {
  return readSdkFlash(machine, copyOffset(mapSize, chosenCopy(machine, mapSize)), RECORD_SIZE);
}

function encodeChoice(copy: 0 | 1): Uint8Array {
  const bytes = Uint8Array.of(copy, 0xff, 0xff, 0xff, 0, 0, 0, 0);
  bytes.set(textBytes(CHOICE_MARK), 4);
  return bytes;
}

function encodeCopy(record: Uint8Array, { wifiMode, ssid, password }: SystemParameters): Uint8Array {
  const bytes = new Uint8Array(COPY_SIZE);
  bytes.set(textBytes(COPY_MARK));
  bytes.set([wifiMode, ssid.length, password.length], 4);
  bytes.set(textBytes(ssid.slice(0, 32)), 8);
  bytes.set(textBytes(password.slice(0, 64)), 40);
  writeU32(bytes, CRC_AT, crc32(bytes.subarray(0, CRC_AT)));
  return Uint8Array.of(...record, ...bytes);
}

function decodeCopy(bytes: Uint8Array): SystemParameters | undefined {
  if (latin1(bytes.subarray(0, 4)) !== COPY_MARK) return undefined;
  if (readU32(bytes, CRC_AT) !== crc32(bytes.subarray(0, CRC_AT))) return undefined;
  return { wifiMode: bytes[4]!, ssid: fixedText(bytes, 8, 32), password: fixedText(bytes, 40, 64) };
}
