/** A person at a firmware's console: sends lines and reads what comes back, over any transport. @module */
import type { Clock, Transport } from "@flashwright/core";

/** A console that has been opened. Nothing else may read from its transport. */
export interface Console {
  /** Everything that has come so far, as text. */
  readonly text: string;
  /** Sends a line and gives what comes until the next prompt, without the prompt. */
  type(line: string): Promise<string>;
  /** Sends text as it is. */
  send(text: string): Promise<void>;
  /** Waits until `end` has come, in what came after the last call; gives that up to its end. */
  until(end: string | RegExp): Promise<string>;
}

/** How long an answer may take, in milliseconds of the clock. */
const PATIENCE_MS = 10_000;
const PROMPT = /(?:^|\r\n)>$/;

/**
 * Opens a console at 115200 baud, 8N1, as Espruino's and AT's are.
 * @throws Error from `type` and `until` when the answer does not come in time; its message holds what came instead
 */
export async function openConsole(transport: Transport, clock: Clock): Promise<Console> {
  await transport.setBaudRate(115_200);
  return new Reader(transport, clock);
}

class Reader implements Console {
  readonly #transport: Transport;
  readonly #clock: Clock;
  #text = "";
  #seen = 0;
  #onText = (): void => {};

  constructor(transport: Transport, clock: Clock) {
    this.#transport = transport;
    this.#clock = clock;
    void this.#readAll();
  }

  get text(): string {
    return this.#text;
  }

  async type(line: string): Promise<string> {
    this.#seen = this.#text.length;
    await this.send(`${line}\n`);
    const answer = await this.until(PROMPT);
    return answer.replace(PROMPT, "\r\n").slice(`${line}\r\n`.length);
  }

  send(text: string): Promise<void> {
    return this.#transport.write(Buffer.from(text, "latin1"));
  }

  async until(end: string | RegExp): Promise<string> {
    const late = this.#clock.now() + PATIENCE_MS;
    for (;;) {
      const fresh = this.#text.slice(this.#seen);
      const at = typeof end === "string" ? fresh.indexOf(end) : fresh.search(end);
      if (at >= 0) {
        const length = typeof end === "string" ? at + end.length : at + end.exec(fresh)![0].length;
        this.#seen += length;
        return fresh.slice(0, length);
      }
      if (this.#clock.now() >= late) throw new Error(`no ${end} came, but ${JSON.stringify(fresh)}`);
      await this.#moreText(late - this.#clock.now());
    }
  }

  #moreText(patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.setTimer(patienceMs, resolve);
      this.#onText = () => {
        cancel();
        resolve();
      };
    });
  }

  async #readAll(): Promise<void> {
    for (;;) {
      const bytes = await this.#transport.read();
      if (bytes === undefined) return;
      this.#text += Buffer.from(bytes).toString("latin1");
      this.#onText();
    }
  }
}
