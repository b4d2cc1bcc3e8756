/**
 * Texts by which firmware is recognised.
 *
 * @module
 */
import { Certainty, FirmwareFamily, type FirmwareId } from "../../maps/firmware-id.js";

/** One text that a firmware holds. */
export interface TextSignature {
  readonly family: FirmwareFamily;
  /** Without the flags g and y; bounded repetitions only, since it runs over hostile bytes. */
  readonly pattern: RegExp;
  readonly certainty: Certainty;
  /** What the text says beside the family: its groups, by name of the field. */
  readonly says?: "version" | "build";
}

const text = (
  family: FirmwareFamily,
  pattern: RegExp,
  certainty: Certainty,
  says?: TextSignature["says"],
): TextSignature => ({ family, pattern, certainty, ...(says === undefined ? {} : { says }) });

const { source, general } = Certainty;
const F = FirmwareFamily;

/**
 * By rank: what stands further up wins where texts of several are found, for a firmware contains the texts of what it is
 * built on. Group 1 is what a text says. Measured in real files: Espruino 2v09 and AT 1.7.6; the rest as their sources
 * and makers print them.
 */
export const textSignatures: readonly TextSignature[] = [
  // The second form is a field of HTTP requests, and stands in the RAM segments, where the banner does not.
  text(F.espruino, / (\d{1,2}v\d{2}(?:\.\d{1,5})?) (?:\(c\)|Copyright) \d{4} G\.Williams/, source, "version"),
  text(F.espruino, /(?:User-Agent|Server): Espruino (\d{1,2}v\d{2}(?:\.\d{1,5})?)/, source, "version"),
  text(F.espruino, /(ESP8266_BOARD|ESP8266_4MB)/, source, "build"),
  text(F.espruino, /Flash map %s, manuf 0x%x chip 0x%x/, source),
  text(F.espruino, /\|_\| (?:http:\/\/)?espruino\.com/, source),
  text(F.micropython, /MicroPython v(\d{1,2}\.\d{1,3}(?:\.\d{1,3})?(?:-[\w.-]{1,40})?)/, source, "version"),
  text(F.micropython, /ESP module(?: \((1M|512K|2M|4M)\))? with ESP8266/, source, "build"),
  text(F.nodemcu, /NodeMCU (\d{1,2}\.\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)/, source, "version"),
  text(F.nodemcu, /NodeMCU custom build by frightanic\.com|powered by Lua 5/, general),
  text(F.esphome, /(?:ESPHome|esphome) version (\d{4}\.\d{1,2}\.\d{1,2}\w{0,12})/, source, "version"),
  text(F.esphome, /ESPHome version|esphome version/, source),
  text(F.tasmota, /Tasmota (\d{1,2}\.\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)/, general, "version"),
  text(F.tasmota, /Project (?:tasmota|sonoff) |tasmota\.bin|Tasmota/, general),
  text(F.at, /Bin version(?:\([^)\0]{0,24}\))?:(\d{1,2}\.\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)/, source, "version"),
  text(F.at, /\[Vendor:www\.ai-thinker\.com Version:(\d{1,2}(?:\.\d{1,3}){1,3})\]/, source, "version"),
  text(F.at, /AT version:[%\d]/, source),
  text(F.rboot, /rBoot v(\d{1,2}\.\d{1,2}\.\d{1,2})/, source, "version"),
  text(F.rtos, /esp8266-rtos-sdk|ESP8266_RTOS_SDK/i, general),
];

/** How the NONOS SDK names its own version within any firmware that is built on it: `2.2.1(6ab97e9)`. Measured. */
export const SDK_VERSION = /(?<![\d.])([1-3]\.\d\.\d(?:[.-]\w{1,8})?)\([0-9a-f]{6,8}\)/;

/** A part of the NONOS SDK's own start message. Measured in Espruino and AT images. */
export const SDK_START = /SDK ver: %s compiled @ /;

/** What a text says, as fields of an identity. */
export function readSignature(signature: TextSignature, match: RegExpExecArray): Partial<FirmwareId> {
  const said = match[1];
  return signature.says === undefined || said === undefined ? {} : { [signature.says]: said };
}
