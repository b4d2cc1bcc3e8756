/** USB-UART bridges that ESP8266 boards carry. @module */

/**
 * Chip names by "vendor:product", lower-case hex. Source: the identifiers of the Linux drivers cp210x, ch341, ftdi_sio
 * and pl2303, and WCH's for the CH34x and CH9102 that come as CDC-ACM. A vendor can change them per product, so the
 * name is a hint for people and decides nothing.
 */
const BRIDGES: Readonly<Record<string, string>> = {
  "0403:6001": "FT232R",
  "0403:6010": "FT2232",
  "0403:6011": "FT4232",
  "0403:6014": "FT232H",
  "0403:6015": "FT231X",
  "067b:2303": "PL2303",
  "067b:23a3": "PL2303GC",
  "10c4:ea60": "CP2102",
  "10c4:ea70": "CP2105",
  "10c4:ea71": "CP2108",
  "1a86:5523": "CH341",
  "1a86:55d2": "CH342",
  "1a86:55d3": "CH343",
  "1a86:55d4": "CH9102",
  "1a86:7522": "CH340K",
  "1a86:7523": "CH340",
};

/** The vendors of these bridges: makers of boards give products ids of their own, but keep the vendor's. */
export const bridgeVendorIds: readonly string[] = [
  ...new Set(Object.keys(BRIDGES).map((id) => id.slice(0, id.indexOf(":")))),
];

/** Usual name of the bridge with these USB identifiers (hex digits, any case); `undefined` when it is not known. */
export function bridgeName(vendorId: string | undefined, productId: string | undefined): string | undefined {
  if (vendorId === undefined || productId === undefined) return undefined;
  return BRIDGES[`${vendorId}:${productId}`.toLowerCase()];
}
