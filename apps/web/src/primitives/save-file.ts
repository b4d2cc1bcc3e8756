/** Giving files to the person. @module */
import { FileFailure, fileFailure } from "./file-failure.js";

/** Where a file goes. */
export interface FileSink {
  /** `false` for a download: whether the browser keeps it is not told to a page. */
  readonly isCertain: boolean;
  /**
   * Writes the file; where it is certain, reads it back.
   * @returns the name under which it is found
   * @throws FileFailure where it is not there as a whole
   */
  write(name: string, bytes: Uint8Array): Promise<string>;
}

interface SavePicker {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
}

/** At a time: nothing is held twice as a whole, and no loop over more keeps the page waiting. */
const PIECE_BYTES = 0x1_0000;

/**
 * Asks where to save, where the browser can; elsewhere the file will be a download. To be called while a click counts:
 * what is saved may take a while to be there.
 * @returns `undefined` where the person decided otherwise
 */
export async function chooseSink(suggestedName: string): Promise<FileSink | undefined> {
  const picker = (globalThis as SavePicker).showSaveFilePicker;
  const asDownload = { isCertain: false, write: download } as const;
  if (picker === undefined) return asDownload;
  try {
    const handle = await picker({ suggestedName });
    return { isCertain: true, write: (_, bytes) => saveTo(handle, bytes) };
  } catch (error) {
    // A browser that forbids it here still downloads.
    return error instanceof DOMException && error.name === "AbortError" ? undefined : asDownload;
  }
}

async function saveTo(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<string> {
  const { name } = handle;
  try {
    await writeTo(await handle.createWritable(), bytes);
    if (!(await holds(await handle.getFile(), bytes))) throw new FileFailure("file-differs", name);
    return name;
  } catch (error) {
    throw fileFailure(error, name);
  }
}

async function writeTo(writable: FileSystemWritableFileStream, bytes: Uint8Array): Promise<void> {
  try {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      await writable.write(bytes.subarray(at, at + PIECE_BYTES) as Uint8Array<ArrayBuffer>);
    }
    await writable.close();
  } catch (error) {
    // What was there before stays.
    await writable.abort().catch(() => {});
    throw error;
  }
}

async function holds(file: File, bytes: Uint8Array): Promise<boolean> {
  if (file.size !== bytes.length) return false;
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const there = new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
    if (!there.every((byte, index) => byte === bytes[at + index])) return false;
  }
  return true;
}

async function download(name: string, bytes: Uint8Array): Promise<string> {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the bytes by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return name;
}
