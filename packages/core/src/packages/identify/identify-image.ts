/**
 * Who a firmware is, from a file or from flash: by its headers, and by its texts.
 *
 * @module
 */
import { readHalf, readWord } from "../../bytes.js";
import type { Statement } from "../../image/flash-params.js";
import { BOOT_MAGIC, UPDATE_MAGIC } from "../../image/image-types.js";
import { Certainty, FirmwareFamily, type FirmwareId } from "../../maps/firmware-id.js";
import { USER1_OFFSET } from "../places.js";
import { type BootLoaderId, identifyBootLoader } from "./boot-loader.js";
import { type Identification, identifyText } from "./identify-text.js";

const MICROPYTHON_IROM_SIZE = 0x8ffc;
const PARTITION_TABLE = 0x8000;
/** `AA 50`, little-endian, begins each entry of an ESP-IDF partition table. */
const PARTITION_MAGIC = 0x50aa;

/**
 * Who the firmware is in a file, or in flash from offset 0. A part of it is enough where the texts lie in that part;
 * Espruino and AT name themselves in the segments behind the inner header of their update image.
 */
export function identifyImage(bytes: Uint8Array): Identification {
  const found = identifyText(bytes);
  const boot = identifyBootLoader(bytes);
  if (isNamed(found.firmware)) {
    const build = buildOf(found.firmware, bytes);
    return build === undefined
      ? found
      : {
          ...found,
          firmware: { ...found.firmware, build: build.name },
          evidence: [...found.evidence, build.evidence],
        };
  }
  return identifyByHeaders(bytes, boot, found);
}

/** Whether a family was recognised that is more than "something on the SDK". */
/** Whether something says more than which SDK a firmware is built on. */
export function isNamed({ family }: FirmwareId): boolean {
  return family !== FirmwareFamily.unknown && family !== FirmwareFamily.nonos;
}

function identifyByHeaders(
  bytes: Uint8Array,
  boot: BootLoaderId | undefined,
  found: Identification,
): Identification {
  if (boot?.kind === "eboot") return arduino(boot, found);
  if (boot?.kind === "rboot") return named({ family: FirmwareFamily.rboot, version: boot.version }, boot);
  if (hasMicropythonLayout(bytes)) {
    const evidence: Statement = { code: "identity-layout", params: { offset: MICROPYTHON_IROM_SIZE } };
    return {
      firmware: { family: FirmwareFamily.micropython },
      certainty: Certainty.derived,
      evidence: [evidence],
    };
  }
  if (hasPartitionTable(bytes)) {
    const evidence: Statement = { code: "identity-layout", params: { offset: PARTITION_TABLE } };
    return { firmware: { family: FirmwareFamily.rtos }, certainty: Certainty.general, evidence: [evidence] };
  }
  if (boot?.kind === "sdk" || bytes[0] === UPDATE_MAGIC) return secondBootApplication(boot, found);
  return found;
}

function arduino(boot: BootLoaderId, found: Identification): Identification {
  const version = /^\d\.\d\.\d$/.test(boot.version) ? { version: boot.version } : {};
  return {
    ...found,
    firmware: { family: FirmwareFamily.arduino, ...version },
    certainty: Certainty.source,
    evidence: [...boot.evidence, ...found.evidence],
  };
}

function named(firmware: FirmwareId, { evidence }: BootLoaderId): Identification {
  return { firmware, certainty: Certainty.source, evidence };
}

function secondBootApplication(boot: BootLoaderId | undefined, found: Identification): Identification {
  return {
    ...found,
    firmware: { family: FirmwareFamily.nonos },
    certainty: Certainty.derived,
    evidence: [...(boot?.evidence ?? []), ...found.evidence],
  };
}

/** Code that is run in place begins at 0x9000, and the word before it holds its size, at which an MD5 follows. */
function hasMicropythonLayout(bytes: Uint8Array): boolean {
  if (bytes.length < MICROPYTHON_IROM_SIZE + 4 || bytes[0] !== BOOT_MAGIC) return false;
  const size = readWord(bytes, MICROPYTHON_IROM_SIZE);
  return size > MICROPYTHON_IROM_SIZE && (size === bytes.length - 16 || size === bytes.length - 20);
}

function hasPartitionTable(bytes: Uint8Array): boolean {
  return bytes.length >= PARTITION_TABLE + 32 && readHalf(bytes, PARTITION_TABLE) === PARTITION_MAGIC;
}

/** Espruino's build from the flash size that its inner header was linked for, where its name is not in the bytes at hand. */
function buildOf(
  firmware: FirmwareId,
  bytes: Uint8Array,
): { readonly name: string; readonly evidence: Statement } | undefined {
  if (firmware.family !== FirmwareFamily.espruino || firmware.build !== undefined) return undefined;
  const offset = innerHeaderOffset(bytes);
  if (offset === undefined) return undefined;
  const code = bytes[offset + 3] & 0xf0;
  const name = code === 0x60 ? "ESP8266_4MB" : code === 0x00 ? "ESP8266_BOARD" : undefined;
  if (name === undefined) return undefined;
  return { name, evidence: { code: "identity-header", params: { offset, value: bytes[offset + 3] } } };
}

/** Of the header behind the code of an update image at the start or in the first slot. */
function innerHeaderOffset(bytes: Uint8Array): number | undefined {
  const start = bytes[0] === UPDATE_MAGIC ? 0 : USER1_OFFSET;
  if (bytes.length < start + 16 || bytes[start] !== UPDATE_MAGIC) return undefined;
  const offset = start + 16 + readWord(bytes, start + 12);
  return offset + 4 <= bytes.length && bytes[offset] === BOOT_MAGIC ? offset : undefined;
}
