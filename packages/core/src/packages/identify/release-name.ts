/**
 * What the name of an Espruino release says: archives, folders and combined files carry version and build, the files in them
 * have the same names for both builds.
 *
 * @module
 */
import { EspruinoBuild } from "../../maps/firmware/espruino-4mb.js";

/** A release by its name. */
export interface ReleaseName {
  readonly build: EspruinoBuild;
  /** `2v09`; `undefined` where the name lacks it. */
  readonly version: string | undefined;
}

/** `espruino_2v28_esp8266.tgz`, `espruino_2v28.71_esp8266_4mb/`, `espruino_2v28_esp8266_combined_512.bin`. */
const RELEASE = /espruino_(?:(\d{1,2}v\d{2})(?:\.\d{1,5})?_)?esp8266(_4mb)?(?:_combined_\d{3,4})?(?!\w)/i;

/** The first release that a text names, a path or a line of a console; `undefined` where it names none. */
export function readReleaseName(text: string): ReleaseName | undefined {
  const match = RELEASE.exec(text);
  if (match === null) return undefined;
  return {
    build: match[2] === undefined ? EspruinoBuild.board : EspruinoBuild.fourMegabytes,
    version: match[1],
  };
}
