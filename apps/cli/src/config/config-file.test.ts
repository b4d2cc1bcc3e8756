import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isFlasherError } from "@flashwright/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findConfigFile, readConfigFile } from "./config-file.js";
import { CONFIG_FILE } from "./schema.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "flashwright-config-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file with this text. */
function file(text: string): string {
  const path = join(folder, CONFIG_FILE);
  writeFileSync(path, text);
  return path;
}

/** Code and parameters of the refusal. */
async function refused(text: string): Promise<unknown> {
  const error = await readConfigFile(file(text)).catch((reason: unknown) => reason);
  if (!isFlasherError(error)) throw error;
  return [error.code, error.params];
}

describe("the configuration file", () => {
  it("is found in the nearest folder upwards, where a folder of that name is none", async () => {
    const deep = join(folder, "a", "b");
    mkdirSync(join(deep, CONFIG_FILE), { recursive: true });
    const path = file("{}");
    expect(await findConfigFile(deep)).toBe(path);
    const nearer = join(folder, "a", CONFIG_FILE);
    writeFileSync(nearer, "{}");
    expect(await findConfigFile(deep)).toBe(nearer);
  });

  it("gives each setting as text with its line; the package's path begins at the file", async () => {
    const path = file(`{
  "$schema": "./node_modules/flashwright/schema/flashwright.config.schema.json",
  "port": "/dev/ttyUSB7",
  "baud": 921600, "reset": "classic",
  "package": "firmware/espruino.tgz",
  "chipSize": "4MB",
  "before": "no-reset",
  "after": "soft-reset",
  "connectAttempts": 3
}`);
    const { settings } = await readConfigFile(path);
    expect(Object.fromEntries(settings)).toEqual({
      port: { text: "/dev/ttyUSB7", line: 3 },
      baud: { text: "921600", line: 4 },
      reset: { text: "classic", line: 4 },
      package: { text: join(folder, "firmware/espruino.tgz"), line: 5 },
      chipSize: { text: "4MB", line: 6 },
      before: { text: "no-reset", line: 7 },
      after: { text: "soft-reset", line: 8 },
      connectAttempts: { text: "3", line: 9 },
    });
  });

  it("may have a byte order mark, as editors of Windows write it", async () => {
    expect((await readConfigFile(file('\ufeff{"baud": 9600}'))).settings.size).toBe(1);
  });

  it("names a key that is no setting, with its line and the settings that there are", async () => {
    expect(await refused('{\n\n "prot": "COM3" }')).toEqual([
      "config-key-unknown",
      {
        name: join(folder, CONFIG_FILE),
        line: 3,
        key: "prot",
        known: ["port", "baud", "reset", "package", "chipSize", "before", "after", "connectAttempts"],
      },
    ]);
    expect(await refused('{"__proto__": {"port": "COM3"}}')).toMatchObject([
      "config-key-unknown",
      { key: "__proto__" },
    ]);
  });

  it.each([
    ['{"port": 7}', "port", "7", "a port"],
    ['{"port": ""}', "port", '""', "a port"],
    ['{"baud": "fast"}', "baud", '"fast"', "a baud rate"],
    ['{"baud": 0.5}', "baud", "0.5", "a baud rate"],
    ['{"chipSize": "big"}', "chipSize", '"big"', "a chip size"],
    ['{"after": "hard_reset"}', "after", '"hard_reset"', "hard-reset, soft-reset or no-reset"],
    ['{"connectAttempts": [1]}', "connectAttempts", "[1]", "a number of attempts"],
    ['{"$schema": 1}', "$schema", "1", "the place of a schema"],
  ])("refuses %s", async (text, name, found, what) => {
    const place = `${join(folder, CONFIG_FILE)}, line 1`;
    expect(await refused(text)).toEqual(["setting-invalid", { place, name, text: found, what }]);
  });

  it.each([
    ['{\n  "port": \n}', 3, 1, "unexpected }"],
    ["", 1, 1, "unexpected end of input"],
    ['{"port": "COM3"', 1, 16, "unexpected end of input"],
    ["{port: 1}", 1, 2, "unexpected character 'p'"],
    ['{\n"port": "a\nb"}', 2, 11, "bad control character in string literal"],
    ["[1]", 1, 1, "the file has to hold an object, as { }"],
    ["[".repeat(50_000), 1, 1, "it is nested too deeply"],
    ["x".repeat(70_000), 1, 1, "it has more than 65536 bytes"],
  ])("says where the text is no JSON", async (text, line, column, detail) => {
    const name = join(folder, CONFIG_FILE);
    expect(await refused(text)).toEqual(["config-syntax", { name, line, column, detail }]);
  });
});
