/**
 * Who a firmware is, as far as its place in flash depends on it.
 *
 * @module
 */

/** How sure a fact about flash is. */
export const Certainty = {
  /** Read in the firmware's own source, linker script or build rule. */
  source: "source",
  /** Worked out from sources by arithmetic; not seen on hardware. */
  derived: "derived",
  /** Known in the field; no source was opened for it. */
  general: "general",
  /** Could not be settled. */
  uncertain: "uncertain",
} as const;
export type Certainty = (typeof Certainty)[keyof typeof Certainty];

/** Families of firmware that are recognised. */
export const FirmwareFamily = {
  espruino: "espruino",
  /** Espressif's AT command firmware. */
  at: "at",
  /** Another application on Espressif's NONOS SDK, with or without its second boot. */
  nonos: "nonos",
  arduino: "arduino",
  tasmota: "tasmota",
  esphome: "esphome",
  nodemcu: "nodemcu",
  micropython: "micropython",
  rboot: "rboot",
  /** ESP8266_RTOS_SDK 3 and later. */
  rtos: "rtos",
  unknown: "unknown",
} as const;
export type FirmwareFamily = (typeof FirmwareFamily)[keyof typeof FirmwareFamily];

/** A firmware. */
export interface FirmwareId {
  readonly family: FirmwareFamily;
  /** What its makers call the build where the layout depends on it: `ESP8266_BOARD`, `ESP8266_4MB`, `4m2m`. */
  readonly build?: string;
  /** In its makers' spelling: `2v09`, `1.7.6`, `3.0.2`. */
  readonly version?: string;
}
