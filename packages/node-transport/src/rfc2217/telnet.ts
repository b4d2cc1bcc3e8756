/** Telnet's bytes: data with commands in between. Source: RFC 854, RFC 855. @module */

/** Interpret As Command; twice in a row it is the data byte 0xff. */
const IAC = 0xff;
const SUBNEGOTIATION = 0xfa;
const SUBNEGOTIATION_END = 0xf0;
/** A subnegotiation that is longer is dropped: the longest one that matters here has a line of text. */
const MAX_SUBNEGOTIATION = 1024;

/** The four verbs of option negotiation. */
export const Verb = { Will: 0xfb, Wont: 0xfc, Do: 0xfd, Dont: 0xfe } as const;
export type Verb = (typeof Verb)[keyof typeof Verb];

/** The options that a serial server and its client talk about. Source: RFC 856, RFC 858, RFC 2217. */
export const TelnetOption = { Binary: 0, SuppressGoAhead: 3, ComPort: 44 } as const;

/** Data with every 0xff doubled; the same array when there is none. */
export function escapeIac(bytes: Uint8Array): Uint8Array {
  let at = bytes.indexOf(IAC);
  if (at < 0) return bytes;
  const escaped = new Uint8Array(bytes.length + count(bytes, at));
  let from = 0;
  let to = 0;
  while (at >= 0) {
    escaped.set(bytes.subarray(from, at + 1), to);
    to += at + 1 - from;
    escaped[to++] = IAC;
    from = at + 1;
    at = bytes.indexOf(IAC, from);
  }
  escaped.set(bytes.subarray(from), to);
  return escaped;
}

function count(bytes: Uint8Array, from: number): number {
  let found = 0;
  for (let at = from; at < bytes.length; at++) if (bytes[at] === IAC) found++;
  return found;
}

/** `IAC verb option`. */
export function encodeOption(verb: Verb, option: number): Uint8Array {
  return Uint8Array.of(IAC, verb, option);
}

/** `IAC SB option body IAC SE`, the body escaped. */
export function encodeSubnegotiation(option: number, body: Uint8Array): Uint8Array {
  return Uint8Array.of(IAC, SUBNEGOTIATION, option, ...escapeIac(body), IAC, SUBNEGOTIATION_END);
}

/** What a `TelnetParser` finds, in wire order. */
export interface TelnetEvents {
  onData(bytes: Uint8Array): void;
  onOption(verb: Verb, option: number): void;
  /** The body is unescaped. */
  onSubnegotiation(option: number, body: Uint8Array): void;
}

type State = "data" | "command" | "option" | "subnegotiation" | "subnegotiation-command";

/** Takes telnet apart, however it is cut into chunks, in time linear in the bytes. Commands without meaning here are skipped. */
export class TelnetParser {
  readonly #events: TelnetEvents;
  #state: State = "data";
  #verb: Verb = Verb.Will;
  #body: number[] = [];
  #data = new Uint8Array(0);
  #dataSize = 0;

  constructor(events: TelnetEvents) {
    this.#events = events;
  }

  parse(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    if (this.#state === "data" && !chunk.includes(IAC)) {
      this.#events.onData(chunk);
      return;
    }
    // Unescaped data is gathered here, so that bytes of 0xff do not become a chunk each.
    this.#data = new Uint8Array(chunk.length);
    let at = 0;
    while (at < chunk.length) at = this.#state === "data" ? this.#takeData(chunk, at) : this.#take(chunk, at);
    this.#flush();
  }

  #takeData(chunk: Uint8Array, from: number): number {
    const found = chunk.indexOf(IAC, from);
    const end = found < 0 ? chunk.length : found;
    this.#data.set(chunk.subarray(from, end), this.#dataSize);
    this.#dataSize += end - from;
    if (found >= 0) this.#state = "command";
    return end + 1;
  }

  #take(chunk: Uint8Array, at: number): number {
    const byte = chunk[at]!;
    if (this.#state === "command") this.#takeCommand(byte);
    else if (this.#state === "option") this.#takeOption(byte);
    else if (this.#state === "subnegotiation-command") this.#takeSubnegotiationCommand(byte);
    else if (byte === IAC) this.#state = "subnegotiation-command";
    else this.#takeBody(byte);
    return at + 1;
  }

  #takeCommand(byte: number): void {
    this.#state = "data";
    if (byte === IAC) this.#data[this.#dataSize++] = IAC;
    else if (byte === SUBNEGOTIATION) this.#beginSubnegotiation();
    else if (isVerb(byte)) {
      this.#verb = byte;
      this.#state = "option";
    }
  }

  #takeOption(option: number): void {
    this.#state = "data";
    this.#flush();
    this.#events.onOption(this.#verb, option);
  }

  #beginSubnegotiation(): void {
    this.#state = "subnegotiation";
    this.#body = [];
  }

  #takeSubnegotiationCommand(byte: number): void {
    if (byte === IAC) {
      this.#state = "subnegotiation";
      this.#takeBody(IAC);
    } else if (byte === SUBNEGOTIATION_END) {
      this.#state = "data";
      this.#endSubnegotiation();
    } else {
      // Any other command here means that the end was lost; the command itself still counts.
      this.#takeCommand(byte);
    }
  }

  #takeBody(byte: number): void {
    if (this.#body.length <= MAX_SUBNEGOTIATION) this.#body.push(byte);
  }

  #endSubnegotiation(): void {
    const [option, ...body] = this.#body;
    if (option === undefined || this.#body.length > MAX_SUBNEGOTIATION) return;
    this.#flush();
    this.#events.onSubnegotiation(option, Uint8Array.from(body));
  }

  /** Gives on the data so far, before anything that came after it. */
  #flush(): void {
    if (this.#dataSize === 0) return;
    const bytes = this.#data.subarray(0, this.#dataSize);
    this.#data = this.#data.subarray(this.#dataSize);
    this.#dataSize = 0;
    this.#events.onData(bytes);
  }
}

function isVerb(byte: number): byte is Verb {
  return byte >= Verb.Will && byte <= Verb.Dont;
}
