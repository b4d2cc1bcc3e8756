/** What a browser says when something fails at a port, as errors with a code: the only place that knows its names. @module */
import { FlasherError, type MessageCode } from "@flashwright/core";

/** What was being done when it failed. */
export type WebSerialOperation = "choose" | "open" | "use";

/** The names of `DOMException`s, by what was being done. Seen in Chromium 156; the rest is the specification's. */
const CODES: Readonly<Record<WebSerialOperation, Readonly<Record<string, MessageCode>>>> = {
  choose: { NotFoundError: "port-not-chosen", SecurityError: "port-blocked" },
  open: { InvalidStateError: "port-busy", NetworkError: "port-not-opened", SecurityError: "port-blocked" },
  use: { NetworkError: "port-lost", InvalidStateError: "port-lost" },
};

/** The browser's error as a `FlasherError`, with the original as its cause. One that is such already stays. */
export function webSerialError(error: unknown, operation: WebSerialOperation, label: string): FlasherError {
  if (error instanceof FlasherError) return error;
  const { name, message } = error as Error;
  const detail = withoutPreamble(message);
  return new FlasherError(
    CODES[operation][name] ?? "port-failed",
    { label, detail },
    { cause: new Error(detail) },
  );
}

/** Chromium puts "Failed to execute 'open' on 'SerialPort': " in front, which is nobody's business. */
export function withoutPreamble(message: string): string {
  return message.replace(/^Failed to execute '\w+' on '\w+': /, "");
}
