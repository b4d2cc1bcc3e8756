/** Which telnet options hold on each side, agreed without loops (RFC 1143's method, without its queue). @module */
import { encodeNegotiation, TelnetCommand, type TelnetVerb } from "./telnet.js";

/** The options that this server knows. */
export const TelnetOption = { binary: 0, suppressGoAhead: 3, comPort: 44 } as const;

/** `asked`: we proposed it and wait for the answer. */
type Agreement = "no" | "asked" | "yes";

/** What this server does itself; everything else is refused. It never echoes: the board's program does, or nobody. */
const OFFERED: readonly number[] = [TelnetOption.binary, TelnetOption.suppressGoAhead, TelnetOption.comPort];
/** What the client may do. */
const WANTED: readonly number[] = [TelnetOption.binary, TelnetOption.suppressGoAhead, TelnetOption.comPort];

/** The state of the options between this server and one client. */
export class TelnetOptions {
  private readonly ours = new Map<number, Agreement>();
  private readonly theirs = new Map<number, Agreement>();

  /** What the server says first: 8-bit data both ways, no go-ahead, and that it understands COM-PORT-OPTION. */
  open(): Uint8Array[] {
    const { will, do: please } = TelnetCommand;
    for (const option of [TelnetOption.binary, TelnetOption.suppressGoAhead]) this.ours.set(option, "asked");
    for (const option of [TelnetOption.binary, TelnetOption.comPort]) this.theirs.set(option, "asked");
    return [
      encodeNegotiation(will, TelnetOption.binary),
      encodeNegotiation(please, TelnetOption.binary),
      encodeNegotiation(will, TelnetOption.suppressGoAhead),
      encodeNegotiation(please, TelnetOption.comPort),
    ];
  }

  /** The answer to a negotiation, if it needs one: only a change is answered, so two ends cannot go on forever. */
  answer(verb: TelnetVerb, option: number): Uint8Array | undefined {
    const { will, wont, do: please, dont } = TelnetCommand;
    switch (verb) {
      case will:
        return agree(this.theirs, WANTED, option, please, dont);
      case please:
        return agree(this.ours, OFFERED, option, will, wont);
      case wont:
        return withdraw(this.theirs, option, dont);
      default:
        return withdraw(this.ours, option, wont);
    }
  }

  /** Whether the client speaks COM-PORT-OPTION; it says so with WILL, or with DO where it has the two sides mixed up. */
  get comPortIsAgreed(): boolean {
    return this.theirs.get(TelnetOption.comPort) === "yes" || this.ours.get(TelnetOption.comPort) === "yes";
  }
}

function agree(
  side: Map<number, Agreement>,
  accepted: readonly number[],
  option: number,
  yes: TelnetVerb,
  no: TelnetVerb,
): Uint8Array | undefined {
  if (!accepted.includes(option)) return encodeNegotiation(no, option);
  const before = side.get(option) ?? "no";
  side.set(option, "yes");
  return before === "no" ? encodeNegotiation(yes, option) : undefined;
}

function withdraw(
  side: Map<number, Agreement>,
  option: number,
  confirmation: TelnetVerb,
): Uint8Array | undefined {
  const before = side.get(option) ?? "no";
  side.set(option, "no");
  return before === "yes" ? encodeNegotiation(confirmation, option) : undefined;
}
