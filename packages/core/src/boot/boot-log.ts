/**
 * Reads a boot log from the bytes of a UART, as they come.
 *
 * @module
 */
import type { BootDialect } from "./boot-dialect.js";
import type { BootEvent, BootEventOf } from "./boot-event.js";
import { LineSplitter } from "./line-splitter.js";
import { readableText } from "./readable-text.js";

/** More than this share of unreadable bytes makes a line garbage, if no pattern matches. */
const GARBAGE_SHARE = 0.3;

/** The registers that follow an exception, on a line of their own: `epc1=0x40100003, epc2=0x00000000, ...`. */
const REGISTERS = /^epc1=0x[0-9a-f]+/i;

/**
 * An incremental reader. Chunks may be cut anywhere, lines may end in CR, LF or both, and noise before, between and
 * behind the lines does no harm.
 */
export class BootLogParser {
  readonly #splitter = new LineSplitter();
  readonly #dialect: BootDialect;
  /** An exception whose registers may still come. */
  #exception: BootEventOf<"fatal-exception"> | undefined;

  constructor(dialect: BootDialect) {
    this.#dialect = dialect;
  }

  /** The events of the lines that this chunk completes. */
  push(chunk: Uint8Array): BootEvent[] {
    return this.#splitter.push(chunk).flatMap((line) => this.#readLine(line));
  }

  /** The events of what has come of a line so far. Call it when nothing has come for a while; prompts have no line end. */
  flush(): BootEvent[] {
    const events = this.#splitter.flush().flatMap((line) => this.#readLine(line));
    return [...events, ...this.#releaseException()];
  }

  #readLine(bytes: Uint8Array): BootEvent[] {
    const event = readLine(bytes, this.#dialect);
    if (event === undefined) return [];
    if (this.#exception !== undefined && REGISTERS.test(event.line)) return [this.#withRegisters(event.line)];
    const before = this.#releaseException();
    if (event.type !== "fatal-exception") return [...before, event];
    const registers = readRegisters(event.line);
    if (Object.keys(registers).length > 0) return [...before, { ...event, registers }];
    this.#exception = event;
    return before;
  }

  #withRegisters(line: string): BootEvent {
    const [exception] = this.#releaseException();
    return { ...exception, registers: readRegisters(line), line: `${exception.line} ${line}` };
  }

  #releaseException(): BootEventOf<"fatal-exception">[] {
    const released = this.#exception === undefined ? [] : [this.#exception];
    this.#exception = undefined;
    return released;
  }
}

function readLine(bytes: Uint8Array, dialect: BootDialect): BootEvent | undefined {
  const { text, unreadable } = readableText(bytes);
  for (const candidate of dialect.patterns) {
    const match = candidate.pattern.exec(text);
    const fact = match === null ? undefined : candidate.read(match);
    if (fact !== undefined) return { ...fact, line: text };
  }
  if (unreadable > bytes.length * GARBAGE_SHARE)
    return { type: "garbage", byteCount: bytes.length, line: text };
  return text === "" ? undefined : { type: "text", line: text };
}

function readRegisters(line: string): Record<string, number> {
  const pairs = [...line.matchAll(/\b(epc[123]|excvaddr|depc)[=:]0x([0-9a-f]{1,8})\b/gi)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name.toLowerCase(), Number.parseInt(value, 16)]));
}
