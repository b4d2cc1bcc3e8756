/** One file from an address, within bounds. @module */
import { type Clock, FlasherError } from "@flashwright/core";
import { blockedBy, fileNameAt, requireSecure } from "./firmware-address.js";

/** How far a download is. */
export interface DownloadProgress {
  readonly name: string;
  readonly doneBytes: number;
  /** Where the server says it, and does not pack what it sends. */
  readonly totalBytes?: number;
}

/** What a download needs. */
export interface DownloadParts {
  readonly clock: Clock;
  /** The platform's own unless told. */
  readonly fetch?: (address: string, init: RequestInit) => Promise<Response>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** Without a byte for so long, a download is over. */
const SILENCE_MS = 30_000;

/**
 * Reads a file. No cookie and no referrer goes with the request; redirections are followed.
 * @param maxBytes more is not read
 * @returns the bytes, and where they were in the end
 * @throws FlasherError `download-blocked` and those of GitHub, `download-insecure` after a redirection, `download-status`,
 *   `download-page`, `download-too-large`, `download-broken`, `download-stalled`; the signal's reason
 */
export async function fetchFile(
  url: URL,
  maxBytes: number,
  parts: DownloadParts,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly url: URL }> {
  const watch = new Watch(url, parts);
  try {
    const response = await watch.within(request(url, watch.signal, parts));
    const end = new URL(response.url || url.href);
    requireSecure(end);
    refuseAnswer(url, response, maxBytes);
    const bytes = await readBody(url, response, maxBytes, watch, parts);
    if (isHtml(bytes)) throw new FlasherError("download-page", { address: url.href });
    return { bytes, url: end };
  } finally {
    watch.end();
  }
}

async function request(url: URL, signal: AbortSignal, parts: DownloadParts): Promise<Response> {
  const { fetch = globalThis.fetch } = parts;
  try {
    return await fetch(url.href, {
      signal,
      mode: "cors",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "follow",
      cache: "no-cache",
    });
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw blockedBy(url, cause);
  }
}

function refuseAnswer(url: URL, { ok, status, headers }: Response, maxBytes: number): void {
  const address = url.href;
  if (!ok) throw new FlasherError("download-status", { address, status });
  if (/^text\/html\b/i.test(headers.get("Content-Type") ?? "")) {
    throw new FlasherError("download-page", { address });
  }
  if (Number(headers.get("Content-Length") ?? 0) > maxBytes) throw tooLarge(address, maxBytes);
}

async function readBody(
  url: URL,
  response: Response,
  maxBytes: number,
  watch: Watch,
  { onProgress }: DownloadParts,
): Promise<Uint8Array<ArrayBuffer>> {
  const name = fileNameAt(url);
  const total = totalOf(response);
  const reader = response.body?.getReader();
  const next = async () => (await reader?.read())?.value;
  const chunks: Uint8Array[] = [];
  try {
    for (;;) {
      const chunk = await watch.within(next());
      if (chunk === undefined) break;
      chunks.push(chunk);
      watch.doneBytes += chunk.length;
      if (watch.doneBytes > maxBytes) throw tooLarge(url.href, maxBytes);
      onProgress?.({
        name,
        doneBytes: watch.doneBytes,
        ...(total === undefined ? {} : { totalBytes: total }),
      });
    }
  } catch (error) {
    // The server may send for ever.
    void reader?.cancel().catch(() => {});
    if (error instanceof FlasherError || watch.signal.aborted) throw error;
    const params = { address: url.href, name, doneBytes: watch.doneBytes };
    throw new FlasherError("download-broken", params, { cause: error });
  }
  return joined(chunks, watch.doneBytes);
}

function totalOf({ headers }: Response): number | undefined {
  const length = headers.get("Content-Length");
  return length === null || headers.has("Content-Encoding") ? undefined : Number(length);
}

function tooLarge(address: string, expected: number): FlasherError {
  return new FlasherError("download-too-large", { address, expected });
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** Some servers send their "not found" as a file, with status 200 and no type. */
function isHtml(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart();
  return /^<(?:!doctype html|html)\b/i.test(start);
}

/** Ends a download that was stopped, or of which nothing comes. */
class Watch {
  readonly #controller = new AbortController();
  readonly #follow = () => this.#controller.abort(this.parts.signal?.reason);
  readonly #aborted: Promise<never>;
  doneBytes = 0;

  constructor(
    readonly url: URL,
    readonly parts: DownloadParts,
  ) {
    this.#aborted = new Promise((_, reject) => {
      this.signal.addEventListener("abort", () => reject(this.signal.reason));
    });
    this.#aborted.catch(() => {});
    parts.signal?.addEventListener("abort", this.#follow);
    if (parts.signal?.aborted) this.#follow();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** @throws FlasherError `download-stalled` when it takes too long; the signal's reason */
  async within<T>(step: Promise<T>): Promise<T> {
    const stall = () => this.#controller.abort(this.#stalled());
    const cancelTimer = this.parts.clock.setTimer(SILENCE_MS, stall);
    step.catch(() => {});
    try {
      return await Promise.race([this.#aborted, step]);
    } finally {
      cancelTimer();
    }
  }

  end(): void {
    this.parts.signal?.removeEventListener("abort", this.#follow);
  }

  #stalled(): FlasherError {
    const { url, doneBytes } = this;
    const params = { address: url.href, name: fileNameAt(url), seconds: SILENCE_MS / 1000, doneBytes };
    return new FlasherError("download-stalled", params);
  }
}
