/** Why a virtual board could not be served. @module */

/** Codes of `ServeError`; stable, in kebab-case. */
export type ServeErrorCode =
  /** No `python3` on PATH, which the pseudo terminal needs. */
  | "python-missing"
  /** This operating system has no pseudo terminals. */
  | "pty-unsupported"
  /** The pseudo terminal's helper ended or reported a failure. */
  | "pty-failed"
  /** The path for the link holds something that is not a stale link of ours. */
  | "link-taken"
  /** The address to listen on is in use, not ours, or not allowed. */
  | "listen-failed";

/** A failure to serve, with one action that the person can take. */
export class ServeError extends Error {
  override readonly name = "ServeError";

  constructor(
    readonly code: ServeErrorCode,
    message: string,
    readonly hint: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
