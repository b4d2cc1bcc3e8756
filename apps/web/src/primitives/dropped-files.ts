/** Files and folders that were dropped or chosen. @module */
import type { NamedFile } from "../engine/engine.js";

/** A firmware's folder is not deeper; what is below is somebody's disk. */
const MAX_DEPTH = 4;
const MAX_FILES = 501;

/** All files of a drop, those of folders with their paths. */
export async function droppedFiles(transfer: DataTransfer): Promise<NamedFile[]> {
  // Entries are gone once this turn is over, so that all are taken first.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return chosenFiles(transfer.files);
  const files: NamedFile[] = [];
  for (const entry of entries) await collect(entry, "", 0, files);
  return files;
}

/** The files of an input; of a folder with their paths. */
export function chosenFiles(list: FileList | null): NamedFile[] {
  return [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

async function collect(
  entry: FileSystemEntry,
  folder: string,
  depth: number,
  files: NamedFile[],
): Promise<void> {
  if (entry.name.startsWith(".") || files.length >= MAX_FILES) return;
  const path = `${folder}${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    files.push({ path, file });
  } else if (depth < MAX_DEPTH) {
    for (const child of await childrenOf(entry as FileSystemDirectoryEntry)) {
      await collect(child, `${path}/`, depth + 1, files);
    }
  }
}

/** A reader gives a hundred at a time. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0 || children.length >= MAX_FILES) return children;
    children.push(...some);
  }
}
