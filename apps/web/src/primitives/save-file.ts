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
  write(name: string, content: Blob | Uint8Array): Promise<string>;
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
    return { isCertain: true, write: (_, content) => saveTo(handle, asBlob(content)) };
  } catch (error) {
    // A browser that forbids it here still downloads.
    return error instanceof DOMException && error.name === "AbortError" ? undefined : asDownload;
  }
}

async function saveTo(handle: FileSystemFileHandle, content: Blob): Promise<string> {
  const { name } = handle;
  try {
    await writeTo(await handle.createWritable(), content);
    if (!(await holds(await handle.getFile(), content))) throw new FileFailure("file-differs", name);
    return name;
  } catch (error) {
    throw fileFailure(error, name);
  }
}

async function writeTo(writable: FileSystemWritableFileStream, content: Blob): Promise<void> {
  try {
    for (let at = 0; at < content.size; at += PIECE_BYTES) await writable.write(await pieceOf(content, at));
    await writable.close();
  } catch (error) {
    // What was there before stays.
    await writable.abort().catch(() => {});
    throw error;
  }
}

async function holds(file: File, content: Blob): Promise<boolean> {
  if (file.size !== content.size) return false;
  for (let at = 0; at < content.size; at += PIECE_BYTES) {
    const [there, bytes] = await Promise.all([pieceOf(file, at), pieceOf(content, at)]);
    if (!there.every((byte, index) => byte === bytes[index])) return false;
  }
  return true;
}

async function pieceOf(content: Blob, at: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await content.slice(at, at + PIECE_BYTES).arrayBuffer());
}

function asBlob(content: Blob | Uint8Array): Blob {
  return content instanceof Blob ? content : new Blob([content as Uint8Array<ArrayBuffer>]);
}

async function download(name: string, content: Blob | Uint8Array): Promise<string> {
  const url = URL.createObjectURL(asBlob(content));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the bytes by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return name;
}
