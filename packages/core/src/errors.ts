/**
 * Every failure that a person can meet, as plain data: a stable code, parameters, and words from the catalogue.
 *
 * @module
 */
import { describe, type MessageCode, type MessageParams } from "./messages/catalogue.js";

const BRAND = Symbol.for("flashwright.FlasherError");

/** What an error is when it crosses a worker, a socket or a JSON file. */
export interface FlasherErrorData {
  readonly format: "flashwright/error";
  readonly version: 1;
  readonly code: MessageCode;
  readonly params: MessageParams;
  /** One or two sentences: what happened, where, with which numbers. */
  readonly message: string;
  /** One thing that the person can do now. */
  readonly hint?: string;
  /** The platform's own words, where there are any. */
  readonly detail?: string;
}

/**
 * A failure of the port, the chip, the loader or the input, with a stable `code`.
 *
 * Not such an error: an abort (the signal's reason is thrown as it is) and a bug in the program (a plain `Error`).
 */
export class FlasherError extends Error {
  override readonly name = "FlasherError";
  readonly code: MessageCode;
  readonly params: MessageParams;
  readonly hint: string | undefined;

  constructor(code: MessageCode, params: MessageParams = {}, options: { cause?: unknown } = {}) {
    const words = describe(code, params);
    super(words.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.params = params;
    this.hint = words.hint;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** The error as plain data. */
  toJSON(): FlasherErrorData {
    const detail = this.cause instanceof Error ? this.cause.message : undefined;
    return {
      format: "flashwright/error",
      version: 1,
      code: this.code,
      params: this.params,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(detail === undefined ? {} : { detail }),
    };
  }

  /** The error again, from `toJSON` of this or another copy of the package. */
  static fromJSON(data: FlasherErrorData): FlasherError {
    const cause = data.detail === undefined ? undefined : new Error(data.detail);
    return new FlasherError(data.code, data.params, { cause });
  }
}

/** Whether a thrown value is a `FlasherError`, also one of another copy of this package; narrows to one code if given. */
export function isFlasherError(error: unknown, code?: MessageCode): error is FlasherError {
  if (typeof error !== "object" || error === null || !(BRAND in error)) return false;
  return code === undefined || (error as unknown as FlasherError).code === code;
}
