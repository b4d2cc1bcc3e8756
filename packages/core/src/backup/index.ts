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
  SAVED_CODE_FILES,
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
export { withoutStorageFiles } from "../formats/without-file.js";
// Making
export { backUpChip, backupName, type ChipBackupRequest } from "./back-up-chip.js";
export { type BackupSource, type MadeBackup, makeBackup } from "./make-backup.js";
export {
  type BackupFile,
  type BackupManifest,
  type BackupRegion,
  BackupState,
  parseManifest,
  WifiSecrets,
} from "./manifest.js";
// Opening and restoring
export { type Backup, openBackup } from "./open-backup.js";
export { planRestore, type Restore, type RestoreSelection } from "./plan-restore.js";
export { readBackupAgain } from "./read-backup-again.js";
export { type ReadForBackupOptions, readForBackup } from "./read-for-backup.js";
export {
  isStorage,
  type NamedRegion,
  namesOf,
  selectRegions,
  storageFilesOf,
  wifiRegions,
} from "./select-regions.js";
export type { SparseFlash } from "./sparse-flash.js";
