/** What serialport says when something fails, as errors with a code: the only place that reads its texts. @module */
import { FlasherError } from "@flashwright/core";

/** What was being done when it failed; the same words can mean another thing. */
export type PortOperation = "open" | "use" | "baud";

/** Where it failed, for the error's parameters. */
export interface PortErrorContext {
  readonly operation: PortOperation;
  /** The path that was opened. */
  readonly label: string;
  /** bit/s that were asked for. */
  readonly baudRate: number;
  /** Group that may open the device node. */
  readonly group?: string;
}

type PortErrorCode =
  | "port-not-found"
  | "port-busy"
  | "port-denied"
  | "port-lost"
  | "port-baud-refused"
  | "port-lines-missing"
  | "port-failed"
  | "address-invalid";

type Rule = readonly [
  words: RegExp,
  codes: { readonly [operation in PortOperation]?: PortErrorCode } | PortErrorCode,
];

/**
 * The native binding gives a text without a code: `strerror` words on Linux and macOS ("Error: No such file or
 * directory, cannot open /dev/ttyUSB0"), its own few words or a bare Win32 number on Windows ("Opening COM3: Access
 * denied", "... Unknown error code 31"). The first rule that fits decides. Linux texts were seen, on pseudo terminals;
 * those of macOS and Windows are as the binding's source and the systems' lists of errors give them.
 */
const RULES: readonly Rule[] = [
  // serialport takes an advisory lock; a second opener of the same port fails there.
  [/cannot lock port/i, "port-busy"],
  [/(device or )?resource busy|EBUSY/i, "port-busy"],
  // Windows opens a COM port exclusively and tells the second opener this, not "busy". (Win32 5 and 32)
  [/access denied|unknown error code 32\b/i, { open: "port-busy", use: "port-lost", baud: "port-lost" }],
  [/permission denied|operation not permitted|EACCES|EPERM/i, { open: "port-denied" }],
  [/no such file or directory|file not found|ENOENT/i, { open: "port-not-found", use: "port-lost" }],
  // Win32 433: no such device; 1167: not connected.
  [
    /no such device|device not configured|ENXIO|ENODEV|unknown error code (433|1167)\b/i,
    { open: "port-not-found", use: "port-lost", baud: "port-lost" },
  ],
  // A hung-up tty refuses everything with EIO; libuv polls it as EBADF. Win32 22: bad command, 31: not functioning.
  [
    /input\/output error|bad file descriptor|\bEIO\b|EBADF|port is not open|unknown error code (22|31)\b|invalid handle|operation aborted/i,
    { use: "port-lost", baud: "port-lost" },
  ],
  // No terminal at all: a file, /dev/null, a disk. An open terminal says the same of lines that it does not have.
  [
    /inappropriate ioctl|not a typewriter|is a directory|ENOTTY/i,
    { open: "address-invalid", use: "port-lines-missing" },
  ],
  [
    /custom baud rate|baud rate of .* not supported|invalid argument|EINVAL|parameter is incorrect/i,
    { open: "port-baud-refused", baud: "port-baud-refused" },
  ],
];

/** The error of serialport as a `FlasherError`, with the original as its cause. One that is such already stays. */
export function portError(error: unknown, context: PortErrorContext): FlasherError {
  if (error instanceof FlasherError) return error;
  const detail = textOf(error);
  const { label, baudRate } = context;
  switch (portErrorCode(detail, context.operation)) {
    case "port-not-found":
      return new FlasherError("port-not-found", { label }, { cause: error });
    case "port-busy":
      return new FlasherError("port-busy", { label }, { cause: error });
    case "port-denied":
      return new FlasherError("port-denied", { label, group: context.group ?? "dialout" }, { cause: error });
    case "port-lost":
      return new FlasherError("port-lost", { label }, { cause: error });
    case "port-lines-missing":
      return new FlasherError("port-lines-missing", { label }, { cause: error });
    case "port-baud-refused":
      return new FlasherError("port-baud-refused", { label, baudRate }, { cause: error });
    case "address-invalid":
      return new FlasherError(
        "address-invalid",
        { address: label, detail: "it is not a serial port." },
        { cause: error },
      );
    case "port-failed":
      return new FlasherError("port-failed", { label, detail }, { cause: error });
  }
}

/** The code that a text of serialport means during an operation; `port-failed` when it is not known. */
export function portErrorCode(text: string, operation: PortOperation): PortErrorCode {
  for (const [words, codes] of RULES) {
    if (!words.test(text)) continue;
    const code = typeof codes === "string" ? codes : codes[operation];
    if (code !== undefined) return code;
  }
  return "port-failed";
}

function textOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^Error:?\s*/i, "");
}
