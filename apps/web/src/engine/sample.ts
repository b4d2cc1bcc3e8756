/** A made-up firmware, and how somebody flashes it wrongly. @module */
import { madeFiles, release1v95, release2v09 } from "@flashwright/core/demo";
import type { PackageFile } from "@flashwright/core/packages";
import { words } from "../words/words.js";

/** The name under which it is opened. */
export function sampleName(): string {
  return words.firmware.madeUp("espruino_1v95_esp8266_4mb");
}

/** Espruino's build for 4 MB, as its makers pack it. */
export function sampleFiles(): PackageFile[] {
  return madeFiles(release1v95).map(({ name, bytes }) => ({ path: name, bytes }));
}

/** Espruino's build for 512 KB, at the places that its instructions name for 512 KB: on a chip of 4 MB it complains. */
export function flashedForHalfMegabyte(): { readonly offset: number; readonly bytes: Uint8Array }[] {
  const places = [0, 0x1000, 0x7c000, 0x7e000];
  return madeFiles(release2v09).map(({ bytes }, index) => ({ offset: places[index]!, bytes }));
}
