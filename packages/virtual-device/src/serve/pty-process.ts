/** The helper process that holds a pseudo terminal, which Node itself cannot open. @module */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { encodeFrame, FrameDecoder, FrameType, type PtyFrame } from "./pty-frames.js";
import { ServeError } from "./serve-error.js";
import { settlesWithin } from "./session.js";

const HELPER = fileURLToPath(new URL("./pty-helper.py", import.meta.url));
/** The helper's last words that are kept for an error message, in characters. */
const MAX_COMPLAINT = 4000;

/** How to start the helper. */
export interface PtyProcessOptions {
  /** The Python 3 to run. Default `python3` on PATH. */
  readonly python?: string;
  /** An existing folder for the socket on which preloaded programs ask for modem lines. */
  readonly modemDirectory?: string;
}

/** Its standard streams, and the fourth one, on which it takes answers. */
type Helper = ChildProcessByStdio<Writable, Readable, Readable>;
const ANSWERS = 3;

/** A running helper. */
export class PtyProcess {
  /** The terminal's slave, which a host program opens: `/dev/pts/3`. */
  readonly path: string;
  /** One listener for all writes, however often they wait. */
  private readonly stdinClosed: Promise<void>;

  private constructor(
    private readonly child: Helper,
    private readonly incoming: AsyncGenerator<PtyFrame, void>,
    ready: PtyFrame,
  ) {
    this.path = new TextDecoder().decode(ready.payload);
    this.stdinClosed = closeOf(child.stdin);
  }

  /** Starts the helper and waits for its terminal. @throws ServeError `python-missing`, `pty-unsupported`, `pty-failed` */
  static async start(options: PtyProcessOptions): Promise<PtyProcess> {
    refuseWindows();
    const child = spawnHelper(options);
    const complaint = keepComplaint(child.stderr);
    const startFailed = once(child, "error").then(([error]) => {
      throw error;
    });
    const incoming = frames(child.stdout);
    try {
      const first = await Promise.race([incoming.next(), startFailed]);
      if (first.done) throw new Error(complaint() || "it ended at once");
      if (first.value.type === FrameType.failed) throw new Error(textOf(first.value));
      return new PtyProcess(child, incoming, first.value);
    } catch (error) {
      child.kill("SIGKILL");
      throw explainStart(error, options.python ?? "python3");
    }
  }

  /** Everything that happens on the terminal, in order. A reader that waits holds the host back. */
  frames(): AsyncIterable<PtyFrame> {
    return this.incoming;
  }

  /** Sends a frame, and waits while the helper cannot take more. @throws Error when the helper is gone */
  async send(frame: PtyFrame): Promise<void> {
    const { stdin } = this.child;
    if (stdin.destroyed || !stdin.writable) throw new Error("the terminal's helper is gone");
    if (stdin.write(encodeFrame(frame))) return;
    await Promise.race([drainOf(stdin), this.stdinClosed]);
  }

  /** Sends the answer to a request of the host, past all that waits for the host. */
  answer(frame: PtyFrame): void {
    (this.child.stdio[ANSWERS] as Writable).write(encodeFrame(frame));
  }

  /** Hangs up and ends the helper, by force after `timeoutMs` milliseconds. */
  async stop(timeoutMs: number): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, "exit");
    this.child.stdin.end();
    if (await settlesWithin(exited, timeoutMs)) return;
    this.child.kill("SIGKILL");
    await exited;
  }
}

function refuseWindows(): void {
  if (process.platform !== "win32") return;
  throw new ServeError(
    "pty-unsupported",
    "Windows has no pseudo terminals that a serial program could open.",
    "Serve the board on TCP or RFC 2217 instead.",
  );
}

function spawnHelper(options: PtyProcessOptions): Helper {
  // The preloaded library is for the programs under test; here it would ask the very helper that it is loaded into.
  const { LD_PRELOAD: _, ...env } = process.env;
  const child = spawn(options.python ?? "python3", ["-I", "-B", HELPER, options.modemDirectory ?? ""], {
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    env,
  }) as Helper;
  // A write to a helper that has just ended fails here as well; the end of its output tells the story.
  for (const stream of [child.stdin, child.stdio[ANSWERS]]) stream?.on("error", () => {});
  return child;
}

async function* frames(stdout: Readable): AsyncGenerator<PtyFrame, void> {
  const decoder = new FrameDecoder();
  for await (const chunk of stdout) yield* decoder.decode(chunk);
}

function keepComplaint(stderr: Readable): () => string {
  let text = "";
  stderr.on("data", (chunk) => {
    text = (text + chunk).slice(-MAX_COMPLAINT);
  });
  return () => text.trim();
}

function explainStart(error: unknown, python: string): ServeError {
  const cause = error as NodeJS.ErrnoException;
  if (cause.code === "ENOENT" || cause.code === "EACCES")
    return new ServeError(
      "python-missing",
      `A virtual board on a pseudo terminal needs Python 3, and ${python} cannot be started.`,
      "Install it with `sudo apt-get install python3` (macOS: `brew install python3`), or serve the board on TCP.",
      { cause },
    );
  return new ServeError(
    "pty-failed",
    `The pseudo terminal could not be opened: ${cause.message}`,
    "Serve the board on TCP or RFC 2217 instead.",
    { cause },
  );
}

function drainOf(stream: Writable): Promise<void> {
  return new Promise((resolve) => stream.once("drain", () => resolve()));
}

function closeOf(stream: Writable): Promise<void> {
  return new Promise((resolve) => stream.once("close", () => resolve()));
}

/** The payload of a frame as text. */
export function textOf(frame: PtyFrame): string {
  return new TextDecoder().decode(frame.payload);
}
