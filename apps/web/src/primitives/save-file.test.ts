import { afterEach, describe, expect, it, vi } from "vitest";
import { words } from "../words/words.js";
import { chooseSink } from "./save-file.js";

const bytes = Uint8Array.from({ length: 0x2_8000 }, (_, index) => (index * 7) & 0xff);

afterEach(() => vi.unstubAllGlobals());

/** A file that was picked, and what becomes of it. */
function picked(
  failing: { at?: "createWritable" | "write" | "close"; error?: string; turned?: number } = {},
) {
  let content = Uint8Array.of(1, 2, 3);
  const calls: string[] = [];
  const step = (name: string) => {
    calls.push(name);
    if (failing.at === name) throw new DOMException("as the browser says it", failing.error);
  };
  const handle = {
    name: "mine.zip",
    async createWritable() {
      step("createWritable");
      const pieces: Uint8Array[] = [];
      return {
        async write(piece: Uint8Array) {
          if (pieces.length === 1) step("write");
          pieces.push(piece.slice());
        },
        async close() {
          step("close");
          content = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
          if (failing.turned !== undefined) content[failing.turned]! ^= 1;
        },
        abort: async () => step("abort"),
      };
    },
    getFile: async () => new Blob([content]),
  };
  vi.stubGlobal("showSaveFilePicker", async () => handle);
  return { calls, content: () => content };
}

const save = async () => (await chooseSink("suggested.zip"))?.write("suggested.zip", bytes);

describe("a file that somebody picked", () => {
  it("is written in pieces, and compared with what is there then", async () => {
    const { calls, content } = picked();
    expect([await save(), (await chooseSink("x"))?.isCertain]).toEqual(["mine.zip", true]);
    expect([calls, content()]).toEqual([["createWritable", "write", "close"], bytes]);
  });

  it.each([
    ["write", "QuotaExceededError", "file-no-room"],
    ["close", "QuotaExceededError", "file-no-room"],
    ["createWritable", "NotAllowedError", "file-denied"],
    ["write", "NotAllowedError", "file-denied"],
    ["write", "InvalidStateError", "file-failed"],
  ] as const)(
    "is a failure with a hint where %s throws %s, and what was there stays",
    async (at, error, code) => {
      const { calls, content } = picked({ at, error });
      const { message, hint } = words.files[code];
      await expect(save()).rejects.toMatchObject({
        code,
        message: message("mine.zip"),
        hint,
        cause: { name: error },
      });
      expect(content()).toEqual(Uint8Array.of(1, 2, 3));
      expect(calls.at(-1)).toBe(at === "createWritable" ? "createWritable" : "abort");
    },
  );

  it("is a failure where another byte is there", async () => {
    picked({ turned: 0x1_0001 });
    await expect(save()).rejects.toMatchObject({ code: "file-differs" });
  });
});

describe("where to save", () => {
  it("is nowhere when somebody decides otherwise", async () => {
    vi.stubGlobal("showSaveFilePicker", () => Promise.reject(new DOMException("", "AbortError")));
    expect(await chooseSink("x")).toBeUndefined();
  });

  it("is a download, of which nobody knows, where the browser has no picker or forbids it", async () => {
    expect((await chooseSink("x"))?.isCertain).toBe(false);
    vi.stubGlobal("showSaveFilePicker", () => Promise.reject(new DOMException("", "SecurityError")));
    expect((await chooseSink("x"))?.isCertain).toBe(false);
  });
});
