/**
 * Backups: regions of a flash in one ZIP with a manifest, and readers of what such regions hold.
 *
 * @module
 */

// What regions hold
export { readSaveArea, SAVE_MAGIC, type SaveArea } from "../formats/espruino-save.js";
export {
  isWifiSettings,
  readStorage,
  type StorageArea,
  type StorageFile,
  StorageFlag,
  StorageFormat,
  storageData,
  WIFI_SETTINGS_FILE,
} from "../formats/espruino-storage.js";
export {
  readWifiSector,
  startsWifiBlock,
  WIFI_BLOCK_SIZE,
  type WifiBlock,
  type WifiSector,
} from "../formats/espruino-wifi-block.js";
export { holdsSdkParams, sdkParamCopies } from "../formats/sdk-params.js";
export { withoutStorageFile } from "../formats/without-file.js";
