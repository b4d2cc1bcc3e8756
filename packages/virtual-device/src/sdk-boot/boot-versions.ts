/** The boot loaders of Espressif's non-OS SDK that are recognised in flash. @module */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "../bytes.js";
import type { NorFlash } from "../flash/nor-flash.js";
import { flashMaps } from "./flash-maps.js";

/** One release of the boot loader, as far as it differs from the other. */
export interface BootVersion {
  readonly name: string;
  /** The number in a boot record by which a release knows its own; it discards the other's. */
  readonly recordVersion: number;
  /** Bytes of the image, checksum included. */
  readonly length: number;
  /** Of the image with its flash mode, size and speed bytes (2 and 3) set to 0, as it is published. */
  readonly sha256: string;
  /** What stands before a value. */
  readonly labels: { readonly speed: string; readonly mode: string; readonly map: string };
  /** What stands in place of a speed that it does not know; the line may not even end. */
  readonly unknownSpeed: string;
  /** Highest map code that it knows. A higher one counts as map 0, under a name without slots. */
  readonly lastMap: number;
  /** Map codes with which it stops. */
  readonly refusedMaps: readonly number[];
  /** Values of byte 119 of the PHY init data, besides 0 and 0xA0 to 0xAF, about which it says nothing. */
  readonly silentTestPins: readonly number[];
  /** Where it looks for user2 under the map of 256 KB, which has room for none. */
  readonly user2In256KB: number;
  /** How often it starts a slot anew that could not be loaded, before it gives it up. */
  readonly retries: number;
  /** The words before the number of a slot that does not exist. */
  readonly unknownSlot: string;
  /** CPU address to which it returns from the RAM part of a slot whose checksum does not fit. */
  readonly loaderReturn: number;
}

/** The releases of SDK 2.0 to 3.0. Their behaviour was found by reading their code, and not tried on silicon. */
export const bootVersions: readonly BootVersion[] = [
  {
    name: "1.6",
    recordVersion: 6,
    length: 3856,
    sha256: "7e03b34e122add70d03ec451e3c539976653b5b670feedebc6f4947f5c710da6",
    labels: {
      speed: "  SPI Speed      : ",
      mode: "  SPI Mode       : ",
      map: "  SPI Flash Size & Map: ",
    },
    unknownSpeed: "",
    lastMap: 6,
    refusedMaps: [],
    silentTestPins: [],
    user2In256KB: 0x21000,
    retries: 0,
    unknownSlot: "error user bin flag, flag = ",
    loaderReturn: 0x401000b8,
  },
  {
    name: "1.7(5d6f877)",
    recordVersion: 7,
    length: 4080,
    sha256: "71fca3dd7c9d12dd33dc1979a72829de5f3fe9e1d77ec205cf6517d125f7c8f8",
    labels: { speed: "SPI Speed : ", mode: "SPI Mode : ", map: "SPI Flash Size & Map: " },
    unknownSpeed: "\r\n",
    lastMap: 9,
    refusedMaps: [7],
    silentTestPins: [0xff],
    user2In256KB: 0x41000,
    retries: 3,
    unknownSlot: "error user bin flag = ",
    loaderReturn: 0x401000b5,
  },
];

/** The map that a release sees in a code, and its name; `undefined` where it stops. */
export function mapSeenBy(
  version: BootVersion,
  code: number,
): { readonly size: number; readonly user2: number; readonly text: string } | undefined {
  if (version.refusedMaps.includes(code)) return undefined;
  const known = code <= version.lastMap ? flashMaps[code] : undefined;
  const { size, text, user2 = version.user2In256KB } = known ?? { ...flashMaps[0]!, text: "4Mbit" };
  return { size, user2, text };
}

/** The boot loader at flash offset 0, if it is a known one; its mode, size and speed bytes may be any. */
export function findSecondBoot(flash: NorFlash): BootVersion | undefined {
  return bootVersions.find(({ length, sha256: digest }) => {
    const image = flash.read(0, length).slice();
    image[2] = 0;
    image[3] = 0;
    return hex(sha256(image)) === digest;
  });
}
