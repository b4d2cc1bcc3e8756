/**
 * Storage without one of its files, and without what older versions of it left behind.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import { alignUp } from "../flash/region.js";
import { readStorage, type StorageFile, type StorageFormat } from "./espruino-storage.js";

/**
 * The same area with the file deleted as the firmware does it, and with the data of every deleted file made zero: each
 * saving of a file leaves its predecessor behind, which would still be there to be read. All other files are as they were.
 * @param area whole; it is not changed
 * @returns the new area, and the file that was taken out; `undefined` where it held none of that name
 * @throws FlasherError `storage-damaged` with the offset, where part of the area belongs to no file, so that nobody can
 * say what it holds
 */
export function withoutStorageFile(
  area: Uint8Array,
  name: string,
  format?: StorageFormat,
): { readonly area: Uint8Array; readonly removed: StorageFile | undefined } {
  const storage = readStorage(area, format);
  if (storage.state === "damaged") {
    throw new FlasherError("storage-damaged", { offset: storage.damagedAt });
  }
  const copy = area.slice();
  let removed: StorageFile | undefined;
  for (const file of storage.files) {
    const wanted = !file.deleted && file.name === name;
    if (wanted) {
      removed = file;
      copy.fill(0, file.offset + 4, file.offset + 8);
    }
    if (wanted || file.deleted) copy.fill(0, file.dataOffset, alignUp(file.dataOffset + file.size, 4));
  }
  return { area: copy, removed };
}
