/** Telnet framing (RFC 854, RFC 855): data with doubled 0xff, negotiations and subnegotiations between them. @module */

/** Interpret As Command: starts every command; doubled in data. */
export const IAC = 0xff;

/** The second byte of the commands that are used here. */
export const TelnetCommand = { se: 240, sb: 250, will: 251, wont: 252, do: 253, dont: 254 } as const;

/** A byte that follows IAC in a negotiation. */
export type TelnetVerb = 251 | 252 | 253 | 254;

/** One thing that a telnet stream says. Chunks of data have at least 1 byte and are in wire order. */
export type TelnetEvent =
  | { readonly type: "data"; readonly bytes: Uint8Array }
  | { readonly type: "negotiation"; readonly verb: TelnetVerb; readonly option: number }
  /** `body`: what stands between the option's number and IAC SE, with doubled 0xff undone. */
  | { readonly type: "subnegotiation"; readonly option: number; readonly body: Uint8Array };

/** The longest subnegotiation that is kept, in bytes; a longer one is dropped whole, so that no peer fills memory. */
export const MAX_SUBNEGOTIATION = 1024;

type State = "data" | "command" | "option" | "subnegotiation" | "subnegotiation-command";

/**
 * Takes a telnet stream apart, in chunks of any size and in time linear in their length.
 *
 * Data is passed on as it is, also before BINARY was agreed: an access server that took CR NUL apart would change what
 * a flasher sends. Commands without an option (NOP, BREAK, AYT) are dropped.
 */
export class TelnetDecoder {
  private state: State = "data";
  private verb: TelnetVerb = TelnetCommand.will;
  private body: number[] = [];
  private bodyIsTooLong = false;

  /** The events of the next chunk, with the data between two commands in one piece: a new array, or the chunk itself. */
  decode(chunk: Uint8Array): TelnetEvent[] {
    if (this.state === "data" && !chunk.includes(IAC)) return dataEvents(chunk);
    const events: TelnetEvent[] = [];
    const data = new DataRun(chunk.length);
    for (const byte of chunk) {
      if (this.state === "data" && byte !== IAC) data.push(byte);
      else this.takeByte(byte, data, events);
    }
    events.push(...dataEvents(data.take()));
    return events;
  }

  private takeByte(byte: number, data: DataRun, events: TelnetEvent[]): void {
    switch (this.state) {
      case "data":
        this.state = "command";
        return;
      case "command":
        this.takeCommand(byte, data);
        return;
      case "option":
        this.state = "data";
        events.push(...dataEvents(data.take()), { type: "negotiation", verb: this.verb, option: byte });
        return;
      case "subnegotiation":
        if (byte === IAC) this.state = "subnegotiation-command";
        else this.keep(byte);
        return;
      case "subnegotiation-command":
        this.takeSubnegotiationCommand(byte, data, events);
    }
  }

  private takeCommand(byte: number, data: DataRun): void {
    this.state = "data";
    if (byte === IAC) data.push(IAC);
    else if (byte === TelnetCommand.sb) this.startSubnegotiation();
    else if (isVerb(byte)) {
      this.verb = byte;
      this.state = "option";
    }
  }

  private startSubnegotiation(): void {
    this.state = "subnegotiation";
    this.body = [];
    this.bodyIsTooLong = false;
  }

  private takeSubnegotiationCommand(byte: number, data: DataRun, events: TelnetEvent[]): void {
    if (byte === IAC) {
      this.keep(IAC);
      this.state = "subnegotiation";
    } else if (byte === TelnetCommand.se) {
      this.state = "data";
      this.endSubnegotiation(data, events);
    } else {
      // Any other command cuts an unfinished subnegotiation off: the stream is in step again from here.
      this.takeCommand(byte, data);
    }
  }

  private endSubnegotiation(data: DataRun, events: TelnetEvent[]): void {
    const [option, ...body] = this.body;
    if (option === undefined || this.bodyIsTooLong) return;
    events.push(...dataEvents(data.take()), { type: "subnegotiation", option, body: Uint8Array.from(body) });
  }

  private keep(byte: number): void {
    // One more than the body: the option's number is kept with it.
    if (this.body.length > MAX_SUBNEGOTIATION) this.bodyIsTooLong = true;
    else this.body.push(byte);
  }
}

/** The data of one chunk, cut where commands stand between it. */
class DataRun {
  private readonly bytes: Uint8Array;
  private start = 0;
  private end = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  push(byte: number): void {
    this.bytes[this.end++] = byte;
  }

  take(): Uint8Array {
    const run = this.bytes.subarray(this.start, this.end);
    this.start = this.end;
    return run;
  }
}

function dataEvents(bytes: Uint8Array): TelnetEvent[] {
  return bytes.length === 0 ? [] : [{ type: "data", bytes }];
}

/** Data as it goes on the wire: every 0xff doubled. The same array where there is none. */
export function escapeData(bytes: Uint8Array): Uint8Array {
  let doubled = 0;
  for (const byte of bytes) if (byte === IAC) doubled += 1;
  if (doubled === 0) return bytes;
  const escaped = new Uint8Array(bytes.length + doubled);
  let at = 0;
  for (const byte of bytes) {
    escaped[at++] = byte;
    if (byte === IAC) escaped[at++] = IAC;
  }
  return escaped;
}

/** IAC, a verb and an option: 3 bytes. */
export function encodeNegotiation(verb: TelnetVerb, option: number): Uint8Array {
  return Uint8Array.of(IAC, verb, option);
}

/** IAC SB, the option, its body with 0xff doubled, IAC SE. */
export function encodeSubnegotiation(option: number, body: Uint8Array): Uint8Array {
  return Uint8Array.of(IAC, TelnetCommand.sb, option, ...escapeData(body), IAC, TelnetCommand.se);
}

function isVerb(byte: number): byte is TelnetVerb {
  return byte >= TelnetCommand.will && byte <= TelnetCommand.dont;
}
