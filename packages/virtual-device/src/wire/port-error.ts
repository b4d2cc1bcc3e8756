/** Errors of the port in the shape that core's `isFlasherError` recognises, made without core's code. @module */

/** The codes that this transport can end a call with. */
export type PortErrorCode = "port-closed" | "port-lost" | "port-lines-missing" | "port-baud-refused";

const words: Readonly<Record<PortErrorCode, { message: string; hint: string }>> = {
  "port-closed": {
    message: "{label} was closed while it was still needed.",
    hint: "Start again; the port was closed by this program.",
  },
  "port-lost": {
    message: "{label} disappeared while it was in use.",
    hint: "Check the cable and the plug, connect the board again and repeat the command.",
  },
  "port-lines-missing": {
    message: "{label} has no DTR and RTS lines to reset the board with.",
    hint: "Hold GPIO0 (FLASH) to ground, press RESET, and repeat with `--before no-reset`.",
  },
  "port-baud-refused": {
    message: "{label} refuses {baudRate} baud.",
    hint: "Choose a rate that the adapter can do, for example `--baud 115200`.",
  },
};

/** The brand by which copies of core know each other's errors. */
const BRAND = Symbol.for("flashwright.FlasherError");

/** Parameters of the words. */
export type PortErrorParams = Readonly<Record<string, string | number>>;

/** A failure of the virtual port: core's `FlasherError` as far as anyone can tell from outside. */
export class PortError extends Error {
  override readonly name = "FlasherError";
  readonly code: PortErrorCode;
  readonly params: PortErrorParams;
  readonly hint: string;

  constructor(code: PortErrorCode, params: PortErrorParams) {
    const fill = (text: string): string =>
      text.replace(/\{(\w+)\}/g, (_, name) => String(params[name] ?? "?"));
    super(fill(words[code].message));
    this.code = code;
    this.params = params;
    this.hint = fill(words[code].hint);
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** The error as plain data. */
  toJSON(): object {
    const { code, params, message, hint } = this;
    return { format: "flashwright/error", version: 1, code, params, message, hint };
  }
}
