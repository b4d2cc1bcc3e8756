/**
 * What a file is, from its bytes; its name counts only where the bytes say nothing.
 *
 * @module
 */
import { baseName } from "../../archives/safe-path.js";
import { isFilledWith, readWord } from "../../bytes.js";
import { ERASED_BYTE, LARGEST_FLASH, SECTOR_SIZE } from "../../flash/geometry.js";
import { PHY_INIT_MARK, PHY_INIT_SIZE } from "../../formats/phy-init.js";
import { MAX_SEGMENTS } from "../../image/boot-image.js";
import { inspectEspImage } from "../../image/esp-image.js";
import { findForeignChip } from "../../image/foreign-chip.js";
import { findMemory } from "../../image/image-target.js";
import { BOOT_MAGIC, type ImageInspection, UPDATE_MAGIC } from "../../image/image-types.js";
import { latin1 } from "../../latin1.js";
import { Certainty, FirmwareFamily } from "../../maps/firmware-id.js";
import { esp8266ImageTarget } from "../../targets/esp8266/image-target.js";
import type { PackageFile } from "../firmware-package.js";
import { type BootLoaderId, identifyBootLoader } from "../identify/boot-loader.js";
import { identifyImage } from "../identify/identify-image.js";
import type { Identification } from "../identify/identify-text.js";
import { USER1_OFFSET } from "../places.js";

/** What a file can be. */
export type ContentKind =
  | "boot"
  /** An application that the boot ROM starts: first byte 0xE9. */
  | "app"
  /** An update image: first byte 0xEA. */
  | "update"
  /** A boot loader, an update image behind it, and often the whole flash. */
  | "combined"
  | "irom"
  | "phy-init"
  | "blank"
  | "file-system"
  /** Named like a part, and not what that part has to be. */
  | "damaged-phy-init"
  | "other";

/** A file and what it is. */
export interface Content {
  readonly path: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly kind: ContentKind;
  /** Of files that start with 0xE9 or 0xEA; of a combined one, that of its update image. */
  readonly image?: ImageInspection;
  readonly boot?: BootLoaderId;
  readonly identity: Identification;
}

/** SDKs ship one sector; a few more are still no image of a whole flash. */
const LONGEST_BLANK = 16 * SECTOR_SIZE;

/** Bytes 2 to 8 of every PHY init data file: reserved, not to be changed. */
const PHY_INIT_RESERVED = [0x04, 0x02, 0x05, 0x05, 0x05, 0x02, 0x05];

const PHY_INIT_NAME = /^esp_init_data.*\.bin$/i;
const IROM_NAME = /irom0?|^0x10000\.bin$/i;
const FILE_SYSTEM_NAME = /littlefs|spiffs/i;

const NOBODY: Identification = {
  firmware: { family: FirmwareFamily.unknown },
  certainty: Certainty.uncertain,
  evidence: [],
};

/** What a file is. Never throws: an image that is cut off or damaged is still one. */
export function classify({ path, bytes }: PackageFile): Content {
  const name = baseName(path);
  const file = { path, name, bytes };
  if (isBootImage(bytes)) return classifyBootable(file);
  if (isUpdateImage(bytes)) {
    return { ...file, kind: "update", image: inspect(bytes), identity: identify(bytes) };
  }
  return { ...file, kind: kindOfData(name, bytes), identity: NOBODY };
}

/** Whether an 0xE9 header makes sense up to its first segment; data may begin with that byte too. Other chips' do as well. */
function isBootImage(bytes: Uint8Array): boolean {
  if (bytes[0] !== BOOT_MAGIC || bytes.length < 16) return false;
  if (bytes[1] === 0 || bytes[1] > MAX_SEGMENTS) return false;
  if (findMemory(esp8266ImageTarget, readWord(bytes, 8))?.loadable === true) return true;
  return findForeignChip(bytes, esp8266ImageTarget) !== undefined;
}

/** Whether an 0xEA header has its constants. */
function isUpdateImage(bytes: Uint8Array): boolean {
  return bytes[0] === UPDATE_MAGIC && bytes.length >= 16 && bytes[1] === 4 && readWord(bytes, 8) === 0;
}

function classifyBootable(file: PackageFile & { readonly name: string }): Content {
  const { bytes } = file;
  const image = inspect(bytes);
  const boot = identifyBootLoader(bytes);
  const identity = identify(bytes);
  const common = { ...file, image, ...(boot === undefined ? {} : { boot }), identity };
  if (boot?.kind !== "eboot" && bytes[USER1_OFFSET] === UPDATE_MAGIC) {
    return { ...common, kind: "combined", image: inspect(bytes.subarray(USER1_OFFSET)) };
  }
  const isAlone = bytes.length <= 2 * SECTOR_SIZE;
  if (isAlone && (boot?.kind === "sdk" || boot?.kind === "rboot")) return { ...common, kind: "boot" };
  return { ...common, kind: "app" };
}

function kindOfData(name: string, bytes: Uint8Array): ContentKind {
  if (isPhyInit(bytes)) return "phy-init";
  if (PHY_INIT_NAME.test(name)) return "damaged-phy-init";
  if (bytes.length > 0 && bytes.length <= LONGEST_BLANK && isFilledWith(bytes, ERASED_BYTE)) return "blank";
  if (isFileSystem(bytes) || (FILE_SYSTEM_NAME.test(name) && bytes.length >= SECTOR_SIZE))
    return "file-system";
  return IROM_NAME.test(name) && bytes.length >= SECTOR_SIZE ? "irom" : "other";
}

/** Whether the bytes begin as PHY init data does, whatever follows its 128 bytes. */
export function startsWithPhyInit(bytes: Uint8Array): boolean {
  return (
    bytes.length >= PHY_INIT_SIZE &&
    bytes[0] === PHY_INIT_MARK &&
    PHY_INIT_RESERVED.every((byte, index) => bytes[2 + index] === byte)
  );
}

function isPhyInit(bytes: Uint8Array): boolean {
  const rest = bytes.subarray(PHY_INIT_SIZE);
  return bytes.length <= SECTOR_SIZE && startsWithPhyInit(bytes) && isFilledWith(rest, ERASED_BYTE);
}

/** LittleFS names itself in its first two blocks, of 4 or 8 KiB. */
function isFileSystem(bytes: Uint8Array): boolean {
  return [0, 0x1000, 0x2000].some((block) => latin1(bytes.subarray(block + 8, block + 16)) === "littlefs");
}

function inspect(bytes: Uint8Array): ImageInspection {
  return inspectEspImage(bytes, esp8266ImageTarget);
}

function identify(bytes: Uint8Array): Identification {
  return identifyImage(bytes.subarray(0, LARGEST_FLASH));
}
