/** A person at the firmware's console, 115200 baud, 8N1. @module */
import type { Clock, Transport } from "@flashwright/core";

/** Espruino's prompt, which no line end follows. */
const PROMPT = /(?:^|\r\n)>$/;
/** For so long a board may say nothing before nobody waits any longer; milliseconds of the board. */
const PATIENCE_MS = 3000;
/**
 * The firmware's first words after a start: a banner, before which it orders terminals not to wrap lines, or the saved
 * program. What came before is the boot loader's.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the order is an escape sequence
const FIRST_WORDS = /(?:\x1b\[\?7l|(?=Loading \d+ bytes))/g;

/** A terminal window on a serial port. */
export class SerialConsole {
  readonly #transport: Transport;
  readonly #clock: Clock;
  #text = "";
  #onText = (): void => {};

  constructor(transport: Transport, clock: Clock) {
    this.#transport = transport;
    this.#clock = clock;
  }

  async open(): Promise<void> {
    await this.#transport.setBaudRate(115_200);
    void this.#listen();
  }

  /** Types a line. @returns what comes until the next prompt, or until nothing more comes; without the line's own echo */
  async type(line: string): Promise<string[]> {
    this.#text = "";
    await this.#transport.write(Buffer.from(`${line}\n`, "latin1"));
    const [echo, ...lines] = linesOf(await this.#untilPrompt());
    return echo === line ? lines : [echo, ...lines].filter((text) => text !== undefined);
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  async #untilPrompt(): Promise<string> {
    while (!PROMPT.test(this.#text)) {
      if (!(await this.#moreText())) break;
    }
    return this.#text.replace(PROMPT, "");
  }

  /** Waits for text; `false` where none came in time. */
  #moreText(): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.#clock.setTimer(PATIENCE_MS, () => resolve(false));
      this.#onText = () => {
        cancel();
        resolve(true);
      };
    });
  }

  async #listen(): Promise<void> {
    for (;;) {
      const bytes = await this.#transport.read();
      if (bytes === undefined) return;
      this.#text += Buffer.from(bytes).toString("latin1");
      this.#onText();
    }
  }
}

/** Lines that can be read. After a restart the boot loader's come at another rate, and are no text. */
function linesOf(text: string): string[] {
  const start = [...text.matchAll(FIRST_WORDS)].at(-1);
  const before = start === undefined ? "" : text.slice(0, text.indexOf("\r\n") + 2);
  const own = start === undefined ? text : before + text.slice(start.index + start[0].length);
  return own.split("\r\n").filter((line) => /^[\x20-\x7e]+$/.test(line));
}
