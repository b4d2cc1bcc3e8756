/** Giving files to the person. @module */

/** Where a file goes; `undefined` name where the person decided otherwise. */
export interface FileSink {
  /** @returns the name under which it is found */
  write(name: string, bytes: Uint8Array): Promise<string>;
}

interface SavePicker {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
}

/**
 * Asks where to save, where the browser can; elsewhere the file will be a download. To be called while a click counts:
 * what is saved may take a while to be there.
 * @returns `undefined` where the person decided otherwise
 */
export async function chooseSink(suggestedName: string): Promise<FileSink | undefined> {
  const picker = (globalThis as SavePicker).showSaveFilePicker;
  if (picker === undefined) return { write: download };
  try {
    const handle = await picker({ suggestedName });
    return { write: (_, bytes) => writeTo(handle, bytes) };
  } catch (error) {
    // A browser that forbids it here still downloads.
    return error instanceof DOMException && error.name === "AbortError" ? undefined : { write: download };
  }
}

async function writeTo(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<string> {
  const writable = await handle.createWritable();
  await writable.write(bytes as Uint8Array<ArrayBuffer>);
  await writable.close();
  return handle.name;
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
