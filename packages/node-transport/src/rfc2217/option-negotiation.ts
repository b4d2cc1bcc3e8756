/** Which telnet options are on, on either side. Source: RFC 854; answered once and only on a change, as RFC 1143 asks. @module */
import { encodeOption, TelnetOption, Verb } from "./telnet.js";

/** The options that we want on both sides; everything else, echo above all, is refused. */
const WANTED: readonly number[] = [TelnetOption.Binary, TelnetOption.SuppressGoAhead, TelnetOption.ComPort];

/** What we ask for at the start: binary and no go-ahead in both directions, the com port option for ourselves. */
const OPENING: readonly (readonly [Verb, number])[] = [
  [Verb.Will, TelnetOption.Binary],
  [Verb.Do, TelnetOption.Binary],
  [Verb.Will, TelnetOption.SuppressGoAhead],
  [Verb.Do, TelnetOption.SuppressGoAhead],
  [Verb.Will, TelnetOption.ComPort],
];

type OptionState = "off" | "asked" | "on";

/** One connection's options. It says what to send; the caller sends. */
export class OptionNegotiation {
  /** Options that we perform (WILL) and options that the server performs (DO). */
  readonly #states = { local: new Map<number, OptionState>(), remote: new Map<number, OptionState>() };

  /** The first bytes on a new connection. */
  open(): Uint8Array[] {
    return OPENING.map(([verb, option]) => {
      this.#states[verb === Verb.Will ? "local" : "remote"].set(option, "asked");
      return encodeOption(verb, option);
    });
  }

  /** The answer to a verb of the server, where one is due. */
  receive(verb: Verb, option: number): Uint8Array | undefined {
    const local = verb === Verb.Do || verb === Verb.Dont;
    const states = this.#states[local ? "local" : "remote"];
    const before = states.get(option) ?? "off";
    const [yes, no] = local ? [Verb.Will, Verb.Wont] : [Verb.Do, Verb.Dont];
    if (verb === Verb.Do || verb === Verb.Will) {
      if (!WANTED.includes(option)) return encodeOption(no, option);
      states.set(option, "on");
      return before === "off" ? encodeOption(yes, option) : undefined;
    }
    states.set(option, "off");
    return before === "on" ? encodeOption(no, option) : undefined;
  }

  /** Whether the server agreed that we control its port; `undefined` while it has not said. */
  get comPort(): boolean | undefined {
    const state = this.#states.local.get(TelnetOption.ComPort);
    return state === "asked" ? undefined : state === "on";
  }
}
