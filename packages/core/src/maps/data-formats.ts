/**
 * How regions encode what they hold, and which firmware reads what.
 *
 * @module
 */

import { Certainty } from "./firmware-id.js";

/** Names of formats, as `LayoutRegion.format` gives them. */
export const DataFormat = {
  /** RAM image and boot code, without names: Espruino up to 1v95. */
  espruinoSave: "espruino-save",
  /** Files with headers of 16 bytes: Espruino 1v96 to 2v04. */
  espruinoStorage16: "espruino-storage-16",
  /** Files with headers of 32 bytes: Espruino since 2v05. */
  espruinoStorage32: "espruino-storage-32",
  /** Block of 1024 bytes, version 24, CRC-32: Espruino 1v84 to 1v97. */
  espruinoWifi: "espruino-wifi-24",
  /** Bytes that a program put there, which only the program can tell. */
  raw: "raw",
  /** 128 bytes, first 0x05; versions 5 and 8. */
  phyInit: "phy-init",
  /** System parameters of SDK 1, 2 and 3; none of them documented. */
  sdk1Params: "sdk1-params",
  sdk2Params: "sdk2-params",
  sdk3Params: "sdk3-params",
  /** AT firmware's own parameters. */
  atParams: "at-params",
  /** Certificates and keys, one a sector. */
  certificates: "certificates",
  littlefs: "littlefs",
  spiffs: "spiffs",
  fat: "fat",
  /** SPIFFS or LittleFS, as the program chose. */
  arduinoFiles: "spiffs-or-littlefs",
  tasmotaSettings: "tasmota-settings",
  tasmotaZigbee: "tasmota-zigbee",
  esphomePreferences: "esphome-preferences",
  rbootConfig: "rboot-config",
  /** Key-value pairs of ESP-IDF. */
  nvs: "nvs",
} as const;
export type DataFormatName = (typeof DataFormat)[keyof typeof DataFormat];

/** What is known of a format. */
export interface DataFormatFacts {
  readonly certainty: Certainty;
  /**
   * `whole`: only the very version and build that wrote it can use it. `part`: so it is with something in it. A saved RAM
   * image is such: it holds addresses of the firmware's own functions.
   */
  readonly bound?: "whole" | "part";
  /** Set where the format is not documented, and another maker's firmware may or may not take what it finds. */
  readonly undocumented?: true;
}

const { source, derived, general, uncertain } = Certainty;

/** All formats. */
export const dataFormats: Readonly<Record<DataFormatName, DataFormatFacts>> = {
  "espruino-save": { certainty: derived, bound: "whole" },
  "espruino-storage-16": { certainty: source, bound: "part" },
  "espruino-storage-32": { certainty: source, bound: "part" },
  "espruino-wifi-24": { certainty: source },
  raw: { certainty: derived },
  "phy-init": { certainty: source },
  "sdk1-params": { certainty: uncertain, undocumented: true },
  "sdk2-params": { certainty: uncertain, undocumented: true },
  "sdk3-params": { certainty: uncertain, undocumented: true },
  "at-params": { certainty: uncertain, undocumented: true },
  certificates: { certainty: source },
  littlefs: { certainty: general },
  spiffs: { certainty: general },
  fat: { certainty: general },
  "spiffs-or-littlefs": { certainty: uncertain, undocumented: true },
  "tasmota-settings": { certainty: general },
  "tasmota-zigbee": { certainty: general },
  "esphome-preferences": { certainty: general },
  "rboot-config": { certainty: source },
  nvs: { certainty: general },
};
