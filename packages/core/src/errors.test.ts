import { describe, expect, it } from "vitest";
import { FlasherError, isFlasherError } from "./errors.js";
import { catalogue, formatSize, describe as words } from "./messages/catalogue.js";

describe("FlasherError", () => {
  it("puts its numbers into the words: offsets in hex, sizes in units and bytes", () => {
    const error = new FlasherError("does-not-fit", {
      name: "user1.bin",
      offset: 0x1000,
      size: 466_260,
      flashSize: 0x80000,
    });
    expect([error.message, error.hint]).toEqual([
      "user1.bin, 466260 bytes at 0x00001000, does not fit: the flash ends at 0x00080000.",
      "Use the firmware's layout for a chip of 512 KB (524288 bytes).",
    ]);
  });

  it("is the same again after JSON and structuredClone, the cause's words included", () => {
    const error = new FlasherError("port-busy", { label: "COM3" }, { cause: new Error("Access denied") });
    const back = FlasherError.fromJSON(structuredClone(JSON.parse(JSON.stringify(error))));
    expect(back.toJSON()).toEqual({
      format: "flashwright/error",
      version: 1,
      code: "port-busy",
      params: { label: "COM3" },
      message: "COM3 is in use by another program.",
      hint: "Close the serial monitor, IDE or browser tab that holds the port and try again.",
      detail: "Access denied",
    });
  });

  it("is recognised by its brand, and by its code where one is asked for", () => {
    const error = new FlasherError("file-empty", { name: "a.bin" });
    expect([
      isFlasherError(error),
      isFlasherError(error, "file-empty"),
      isFlasherError(error, "port-lost"),
      isFlasherError(new Error("x")),
      isFlasherError(undefined),
    ]).toEqual([true, true, false, false, false]);
  });
});

describe("the catalogue", () => {
  const entries = Object.entries(catalogue) as [keyof typeof catalogue, { message: string; hint?: string }][];

  /** Reasons beside a value, and parts of a list: "40m, what the firmware was built for". */
  const isClause = (code: string) =>
    /^(header-as|map-(linked(-not-instructed)?|of-chip|forced|kept)|mode-(embedded|of|linked|usual)|freq-|check-map)/.test(
      code,
    );
  /** What stands within sentences, and may begin with a name: causes, names, sizes. */
  const isPart = (code: string) =>
    /^(address-(?!invalid)|cause|part|exception|reset-cause|name|family|boot-loader|size-(bytes|exact|short|kilo|mega))/.test(
      code,
    );

  it.each(entries.filter(([code]) => isClause(code)))("%s goes on behind a value", (_, { message, hint }) => {
    expect(message).toMatch(/^[^A-Z].*[^.?]$/);
    expect(hint ?? "Do this.").toMatch(/[.:}”?]$/);
  });

  it.each(entries.filter(([code]) => isPart(code)))(
    "%s goes on within a sentence",
    (_, { message, hint }) => {
      expect([message, hint]).toEqual([expect.stringMatching(/[^.?\s]$/), undefined]);
    },
  );

  const sentences = entries.filter(([code]) => !isClause(code) && !isPart(code));
  it.each(sentences)("%s is a sentence, and its hint one too", (_, { message, hint }) => {
    for (const text of [message, ...(hint === undefined ? [] : [hint])]) {
      expect(text).toMatch(/[.:}”?]$/);
      expect(text).not.toMatch(/\s{2}|\{[^}]*$/);
    }
  });

  it.each(entries)("%s shows a missing parameter as a question mark, never as undefined", (code) => {
    const { message, hint } = words(code, {});
    expect(`${message}${hint ?? ""}`).not.toMatch(/undefined|NaN|[{}]/);
  });

  it("writes sizes in the largest unit that divides them", () => {
    expect([0, 1, 100, 0x400, 0x1000, 0x400000, 0x400001].map(formatSize)).toEqual([
      "0 bytes",
      "1 byte",
      "100 bytes",
      "1 KB (1024 bytes)",
      "4 KB (4096 bytes)",
      "4 MB (4194304 bytes)",
      "4194305 bytes",
    ]);
  });
});
