/**
 * Notes every piece of data of more than 64 KiB that a page's own thread gets hold of: what is made, read, received, sent or
 * gone through there. A file that is handed on as a `Blob` is none: nobody has looked into it.
 *
 * A loop cannot be seen from outside, but what it runs over has to come from somewhere, and all these places are watched.
 *
 * @module
 */
import type { Page } from "playwright-core";

/** A loop over more on the page's thread is one too many. */
export const BULK = 64 * 1024;

/** Watches every document that the page shows from now on; its workers are not watched. */
export async function watchBulk(page: Page, limit = BULK): Promise<void> {
  await page.addInitScript(watchThread, limit);
}

/** What was noted in the present document: "how: bytes at where". */
export function bulkSeen(page: Page): Promise<readonly string[]> {
  return page.evaluate("globalThis.bulk");
}

/** Runs in the page, before any script of it. */
function watchThread(limit: number): void {
  const seen: string[] = [];
  Object.assign(globalThis, { bulk: seen });

  function note(how: string, bytes: number): void {
    if (bytes <= limit) return;
    const caller = new Error().stack?.split("\n").find((line) => /https?:/.test(line));
    seen.push(`${how}: ${bytes}${caller === undefined ? "" : ` ${caller.trim()}`}`);
  }

  function noteAll(how: string, value: unknown, known = new Set<unknown>()): void {
    if (typeof value === "string") note(how, value.length);
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) note(how, value.byteLength);
    else if (typeof value === "object" && value !== null && !known.has(value)) {
      known.add(value);
      if (Array.isArray(value)) note(how, value.length);
      for (const part of value instanceof Map ? value.values() : Object.values(value))
        noteAll(how, part, known);
    }
  }

  type Method = (this: unknown, ...args: unknown[]) => unknown;

  /** Has `look` see what a method is called on and with, and what it gives, also where that comes later. */
  function around(
    owner: object,
    name: PropertyKey,
    look: (self: unknown, args: unknown[], given?: unknown) => void,
  ) {
    const property = Object.getOwnPropertyDescriptor(owner, name);
    const method = property?.value as Method | undefined;
    if (typeof method !== "function") return;
    const watched: Method = function (...args) {
      const given = method.apply(this, args);
      if (given instanceof Promise) given.then((later) => look(this, args, later)).catch(() => {});
      else look(this, args, given);
      return given;
    };
    Object.defineProperty(owner, name, { ...property, value: watched });
  }

  const typed = Object.getPrototypeOf(Uint8Array) as typeof Uint8Array;
  const arrays = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array];
  for (const made of [ArrayBuffer, DataView, Float32Array, Float64Array, ...arrays]) {
    const watched = new Proxy(made, {
      construct(target, args, as) {
        const one = Reflect.construct(target, args, as) as ArrayBufferView;
        note(`new ${made.name}`, one.byteLength);
        return one;
      },
    });
    Object.assign(globalThis, { [made.name]: watched });
  }
  // The species that these make are of the classes themselves, so that what they go through is looked at.
  for (const name of Reflect.ownKeys(typed.prototype)) {
    if (name === "constructor") continue;
    around(typed.prototype, name, (self) => noteAll(`Uint8Array.${String(name)}`, self));
  }
  const giving: [{ prototype: object; name: string }, string[]][] = [
    [Blob, ["arrayBuffer", "bytes", "text"]],
    [Response, ["arrayBuffer", "bytes", "text", "json"]],
    [FileReader, ["readAsArrayBuffer", "readAsText", "readAsDataURL"]],
    [TextEncoder, ["encode"]],
    [TextDecoder, ["decode"]],
    [ReadableStreamDefaultReader, ["read"]],
    [Worker, ["postMessage"]],
    [MessagePort, ["postMessage"]],
    [WebSocket, ["send"]],
  ];
  for (const [{ prototype, name: owner }, names] of giving) {
    for (const name of names) {
      const how = `${owner}.${name}`;
      around(prototype, name, (_, args, given) => {
        noteAll(how, given);
        if (args[0] instanceof Blob && owner === "FileReader") note(how, args[0].size);
        else noteAll(how, args[0]);
      });
    }
  }
  around(JSON, "stringify", (_, __, given) => noteAll("JSON.stringify", given));
  around(JSON, "parse", (_, [text]) => noteAll("JSON.parse", text));
  // What a message brings is unpacked when it is asked for.
  const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data")!;
  Object.defineProperty(MessageEvent.prototype, "data", {
    ...data,
    get(this: MessageEvent) {
      const value: unknown = data.get?.call(this);
      noteAll("message", value);
      return value;
    },
  });
}
