/**
 * Storage without some of its files, and without what older versions of them left behind.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import { alignUp } from "../flash/region.js";
import { readStorage, type StorageFile, type StorageFormat } from "./espruino-storage.js";

/**
 * The same area with the files deleted as the firmware does it, and with the data of every deleted file made zero: each
 * saving of a file leaves its predecessor behind, which would still be there to be read. All other files are as they were.
 * @param area whole; it is not changed
 * @returns the new area, and the files that were taken out
 * @throws FlasherError `storage-damaged` with the offset, where part of the area belongs to no file, so that nobody can
 * say what it holds
 */
export function withoutStorageFiles(
  area: Uint8Array,
  names: readonly string[],
  format?: StorageFormat,
): { readonly area: Uint8Array; readonly removed: readonly StorageFile[] } {
  const storage = readStorage(area, format);
  if (storage.state === "damaged") {
    throw new FlasherError("storage-damaged", { offset: storage.damagedAt });
  }
  const copy = area.slice();
  const removed: StorageFile[] = [];
  for (const file of storage.files) {
    const wanted = !file.deleted && names.includes(file.name);
    if (wanted) {
      removed.push(file);
      copy.fill(0, file.offset + 4, file.offset + 8);
    }
    if (wanted || file.deleted) copy.fill(0, file.dataOffset, alignUp(file.dataOffset + file.size, 4));
  }
  return { area: copy, removed };
}
