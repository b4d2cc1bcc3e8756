/**
 * How regions encode what they hold, and which firmware reads what.
 *
 * @module
 */

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
} as const;
export type DataFormatName = (typeof DataFormat)[keyof typeof DataFormat];
