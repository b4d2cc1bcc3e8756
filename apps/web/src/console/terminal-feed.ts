/** Text on its way into the terminal: as fast as that takes it, paused, and bounded. @module */

/** Characters that wait at most; of more, so many are kept. */
const MOST_WAITING = 400_000;
const KEPT = 100_000;

/** The part of a terminal that is used. */
export interface TerminalSink {
  write(text: string, written: () => void): void;
}

/** One write at a time, so that keys and drawing come between. */
export class TerminalFeed {
  #waiting = "";
  #skipped = 0;
  #isWriting = false;
  #isPaused = false;

  /** @param skippedText says that so many lines were left out */
  constructor(
    readonly terminal: TerminalSink,
    readonly skippedText: (lines: number) => string,
  ) {}

  push(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length > MOST_WAITING) this.#skip();
    this.#write();
  }

  /** While it is paused, what comes waits. */
  set isPaused(isPaused: boolean) {
    this.#isPaused = isPaused;
    this.#write();
  }

  /** Forgets what waits. */
  clear(): void {
    this.#waiting = "";
    this.#skipped = 0;
  }

  #skip(): void {
    const cut = this.#waiting.indexOf("\n", this.#waiting.length - KEPT) + 1 || this.#waiting.length - KEPT;
    for (
      let at = this.#waiting.indexOf("\n");
      at >= 0 && at < cut;
      at = this.#waiting.indexOf("\n", at + 1)
    ) {
      this.#skipped++;
    }
    this.#waiting = this.#waiting.slice(cut);
  }

  #write(): void {
    if (this.#isWriting || this.#isPaused || this.#waiting === "") return;
    const skipped = this.#skipped === 0 ? "" : `\r\n-- ${this.skippedText(this.#skipped)}\r\n`;
    const text = skipped + this.#waiting;
    this.clear();
    this.#isWriting = true;
    this.terminal.write(text, () => {
      this.#isWriting = false;
      this.#write();
    });
  }
}
