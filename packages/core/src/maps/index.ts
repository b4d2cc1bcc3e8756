/**
 * Flash layouts: what lies where, for which firmware, under which flash map.
 *
 * @module
 */
export { Certainty, FirmwareFamily, type FirmwareId } from "./firmware-id.js";
export { Erasure, type FlashLayout, type LayoutRegion, RegionOwner, WrittenAt } from "./layout.js";
