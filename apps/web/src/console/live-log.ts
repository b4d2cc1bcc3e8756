/** A log that is written to a file while the board talks. @module */
import { gatherPieces } from "./log-pieces.js";

/** Milliseconds between two writes, at least; the file is copied at each, so that a large one is written less often. */
const BETWEEN_MS = 5000;
const BYTES_PER_MS = 1000;

/** Appends to one file. What was written is in the file at once, whatever becomes of the page. */
export class LiveLog {
  #waiting: Blob[] = [];
  #size = 0;
  #writing: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onFailure is told when the file cannot be written any more */
  constructor(
    readonly handle: FileSystemFileHandle,
    readonly onFailure: () => void,
  ) {}

  get name(): string {
    return this.handle.name;
  }

  /** Bytes so far, those that wait included. */
  get size(): number {
    return this.#size + this.#waiting.reduce((sum, { size }) => sum + size, 0);
  }

  add(text: string): void {
    if (text === "") return;
    this.#waiting.push(new Blob([text]));
    this.#timer ??= setTimeout(() => void this.flush(), Math.max(BETWEEN_MS, this.#size / BYTES_PER_MS));
  }

  /** Writes what was said before the file was there; what is added meanwhile comes after it. */
  begin(pieces: Iterable<string>): Promise<void> {
    this.#writing = gatherPieces(pieces).then((text) => {
      this.#waiting.unshift(text);
    });
    return this.flush();
  }

  /** Writes what waits. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write()).catch(() => this.onFailure());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    const file = await this.handle.createWritable({ keepExistingData: this.#size > 0 });
    await file.seek(this.#size);
    await file.write(new Blob(waiting));
    await file.close();
    this.#waiting = this.#waiting.slice(waiting.length);
    this.#size += waiting.reduce((sum, { size }) => sum + size, 0);
  }
}

/** Asks for a file. @returns `undefined` where the browser has no such files, or the person decided otherwise */
export async function chooseLogFile(suggestedName: string): Promise<FileSystemFileHandle | undefined> {
  const picker = (globalThis as Picker).showSaveFilePicker;
  return picker?.({ suggestedName }).catch(() => undefined);
}

/** Whether the browser can write to a file for long. */
export function hasLogFiles(): boolean {
  return (globalThis as Picker).showSaveFilePicker !== undefined;
}

interface Picker {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
}
