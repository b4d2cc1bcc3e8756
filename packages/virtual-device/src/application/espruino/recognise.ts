/** Espruino, known by texts that its image holds. @module */
import { latin1 } from "../../bytes.js";

/** A build of Espruino, as far as its image tells. */
export interface EspruinoBuild {
  /** The board's id, as `process.env.BOARD`: the build for 512 KB, or the one for 4 MB. */
  readonly board: "ESP8266_BOARD" | "ESP8266_4MB";
  /** As its makers write it: `1v95`, `2v09`, `2v09.12` between releases. */
  readonly version: string;
  /** The release as a number to compare: 195 for 1v95, 209 for 2v09. */
  readonly release: number;
  /** The line of the banner with version, year and name. */
  readonly copyright: string;
  /** The whole banner where the image holds it in one piece, `\n` at its line ends; the ESP8266's own lines follow it. */
  readonly banner: string | undefined;
  /** Whether the logo is the one with the longer address under it. */
  readonly hasWideLogo: boolean;
  readonly sdkVersion: string | undefined;
  readonly gitCommit: string | undefined;
  readonly modules: string | undefined;
}

const COPYRIGHT = / (\d)v(\d\d)(\.\d+)? (?:Copyright|\(c\)) \d{4} G\.Williams/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the banner begins with the sequence that stops line wrapping
const BANNER = /\x1b\[\?7l\n[^\0]*G\.Williams\n[^\0]*/;
const SDK_VERSION = /\d\.\d\.\d(?:-dev)?\([0-9a-f]{7}\)/;
/** Texts in an image end with a zero byte. */
const GIT_COMMIT = /\0([0-9a-f]{8})\0/;
const MODULES = /Flash,(?:Storage,)?[A-Za-z0-9,]+/;

/** What the image says it is; `undefined` when it names no version or no board of Espruino. */
export function recogniseEspruino(image: Uint8Array): EspruinoBuild | undefined {
  const text = latin1(image);
  const version = COPYRIGHT.exec(text);
  const board = boardOf(text);
  if (version === null || board === undefined) return undefined;
  const [copyright, major, minor, build = ""] = version;
  return {
    board,
    version: `${major}v${minor}${build}`,
    release: Number(major) * 100 + Number(minor),
    copyright,
    banner: BANNER.exec(text)?.[0],
    hasWideLogo: text.includes("|_| http://espruino.com"),
    sdkVersion: SDK_VERSION.exec(text)?.[0],
    gitCommit: GIT_COMMIT.exec(text)?.[1],
    modules: MODULES.exec(text)?.[0],
  };
}

function boardOf(text: string): EspruinoBuild["board"] | undefined {
  if (text.includes("ESP8266_4MB")) return "ESP8266_4MB";
  return text.includes("ESP8266_BOARD") ? "ESP8266_BOARD" : undefined;
}
