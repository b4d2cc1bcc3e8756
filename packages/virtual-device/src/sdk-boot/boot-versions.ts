/** The boot loaders of Espressif's non-OS SDK that are recognised in flash. @module */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "../bytes.js";
import type { NorFlash } from "../flash/nor-flash.js";

/** One release of the boot loader. */
export interface BootVersion {
  readonly name: string;
  /** Bytes of the image, checksum included. */
  readonly length: number;
  /** Of the image with its flash mode, size and speed bytes (2 and 3) set to 0, as it is published. */
  readonly sha256: string;
  /** What stands between a label and its value. */
  readonly labels: { readonly speed: string; readonly mode: string; readonly map: string };
  /** Highest map code that it knows, and what it does with a higher one. */
  readonly lastMap: number;
  readonly unknownMap: "first-map" | "refuse";
}

/** The releases of SDK 2.0 to 3.0. */
export const bootVersions: readonly BootVersion[] = [
  {
    name: "1.6",
    length: 3856,
    sha256: "7e03b34e122add70d03ec451e3c539976653b5b670feedebc6f4947f5c710da6",
    labels: {
      speed: "  SPI Speed      : ",
      mode: "  SPI Mode       : ",
      map: "  SPI Flash Size & Map: ",
    },
    lastMap: 6,
    unknownMap: "first-map",
  },
  {
    name: "1.7(5d6f877)",
    length: 4080,
    sha256: "71fca3dd7c9d12dd33dc1979a72829de5f3fe9e1d77ec205cf6517d125f7c8f8",
    labels: { speed: "SPI Speed : ", mode: "SPI Mode : ", map: "SPI Flash Size & Map: " },
    lastMap: 9,
    unknownMap: "refuse",
  },
];

/** The boot loader at flash offset 0, if it is a known one; its mode, size and speed bytes may be any. */
export function findSecondBoot(flash: NorFlash): BootVersion | undefined {
  return bootVersions.find(({ length, sha256: digest }) => {
    const image = flash.read(0, length).slice();
    image[2] = 0;
    image[3] = 0;
    return hex(sha256(image)) === digest;
  });
}
