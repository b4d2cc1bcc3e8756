import { describe, expect, it } from "vitest";
import { isFlasherError } from "../../errors.js";
import { neededFiles, readInstructions } from "./read-instructions.js";

const file = (value: unknown, path = "manifest.json") => ({
  path,
  bytes: new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value)),
});

function refusal(value: unknown): object {
  try {
    readInstructions(file(value));
  } catch (error) {
    if (isFlasherError(error)) return { code: error.code, ...error.params };
    throw error;
  }
  throw new Error("was not refused");
}

const builds = (...parts: object[]) => [{ chipFamily: "ESP8266", parts }];

describe("a manifest of ESP Web Tools", () => {
  const espruino = {
    name: "Espruino",
    version: "2v28",
    new_install_prompt_erase: true,
    builds: [
      { chipFamily: "ESP32", parts: [{ path: "bootloader.bin", offset: 4096 }] },
      { chipFamily: "ESP8266", parts: [{ path: "espruino_2v28_esp8266_combined_512.bin", offset: 0 }] },
    ],
  };

  it("gives the parts of its build for the ESP8266", () => {
    expect(readInstructions(file(espruino))).toEqual({
      kind: "manifest",
      files: [{ path: "espruino_2v28_esp8266_combined_512.bin", offset: 0 }],
      header: {},
      erase: "ask",
      announced: { name: "Espruino", version: "2v28" },
      findings: [],
    });
    expect(neededFiles(file(espruino))).toEqual(["espruino_2v28_esp8266_combined_512.bin"]);
  });

  it("may write offsets as text, and the family in lower case", () => {
    const value = { builds: [{ chipFamily: "esp8266", parts: [{ path: "./a.bin", offset: "0x1000" }] }] };
    expect(readInstructions(file(value))?.files).toEqual([{ path: "a.bin", offset: 0x1000 }]);
  });

  it("with several builds for the ESP8266 gives the first, and says so", () => {
    const value = {
      builds: [...builds({ path: "a.bin", offset: 0 }), ...builds({ path: "b.bin", offset: 0 })],
    };
    expect(readInstructions(file(value))).toMatchObject({
      files: [{ path: "a.bin", offset: 0 }],
      findings: [
        { code: "manifest-several-builds", severity: "note", params: { count: 2, chip: "ESP8266" } },
      ],
    });
  });

  it("without one says which chips it has", () => {
    expect(
      refusal({
        builds: [
          { chipFamily: "ESP32", parts: [] },
          { chipFamily: "ESP32-C3", parts: [] },
        ],
      }),
    ).toEqual({
      code: "manifest-other-chips",
      name: "manifest.json",
      families: ["ESP32", "ESP32-C3"],
    });
  });

  it.each([
    [{ builds: [{}] }, "builds[0].chipFamily", "a text of 1 to 4096 characters"],
    [{ builds: [{ chipFamily: "ESP8266" }] }, "builds[0].parts", "a list of at most 256"],
    [{ builds: builds({ offset: 0 }) }, "builds[0].parts[0].path", "a text of 1 to 4096 characters"],
    [{ builds: builds({ path: "a" }) }, "builds[0].parts[0].offset", "an offset of 0 to 0xffffffff"],
    [
      { builds: builds({ path: "a", offset: -1 }) },
      "builds[0].parts[0].offset",
      "an offset of 0 to 0xffffffff",
    ],
    [
      { builds: builds({ path: "a", offset: 2 ** 32 }) },
      "builds[0].parts[0].offset",
      "an offset of 0 to 0xffffffff",
    ],
    [
      { builds: builds({ path: "a", offset: 0.5 }) },
      "builds[0].parts[0].offset",
      "an offset of 0 to 0xffffffff",
    ],
    [{ name: 5, builds: builds() }, "name", "a text of 1 to 4096 characters"],
  ])("%j is refused with the path of the field", (value, path, expected) => {
    expect(refusal(value)).toEqual({ code: "json-field", name: "manifest.json", path, expected });
  });

  it.each(["../a.bin", "/a.bin", "C:/a.bin", "https://example.org/a.bin"])(
    "with the path %s is refused",
    (path) => {
      expect(refusal({ builds: builds({ path, offset: 0 }) })).toEqual({
        code: "package-path-unsafe",
        path,
        field: "builds[0].parts[0].path",
      });
    },
  );
});

describe("flasher_args.json", () => {
  const args = {
    write_flash_args: ["--flash_mode", "dio", "--flash_size", "2MB", "--flash_freq", "40m"],
    flash_settings: { flash_mode: "dio", flash_size: "4MB", flash_freq: "40m" },
    flash_files: { "0x10000": "app.bin", "0x0": "bootloader/bootloader.bin", "0x8000": "partitions.bin" },
    app: { offset: "0x10000", file: "app.bin" },
    extra_esptool_args: { after: "hard_reset", before: "default_reset", chip: "esp8266" },
  };

  it("gives files by rising offset, and the header's fields", () => {
    expect(readInstructions(file(args))).toEqual({
      kind: "flasher-args",
      files: [
        { path: "bootloader/bootloader.bin", offset: 0 },
        { path: "partitions.bin", offset: 0x8000 },
        { path: "app.bin", offset: 0x10000 },
      ],
      header: { mode: "dio", freq: "40m", size: "4MB" },
      erase: "none",
      findings: [],
    });
  });

  it("without settings gives those of its arguments", () => {
    const { flash_settings: _, ...older } = args;
    expect(readInstructions(file(older))?.header).toEqual({ mode: "dio", freq: "40m", size: "2MB" });
  });

  it("for another chip, or with an offset that is none, is refused", () => {
    expect(refusal({ ...args, extra_esptool_args: { chip: "esp32s3" } })).toEqual({
      code: "package-other-chip",
      name: "manifest.json",
      chip: "esp32s3",
    });
    expect(refusal({ flash_files: { start: "a.bin" } })).toMatchObject({ path: "flash_files.start" });
  });
});

describe("JSON", () => {
  it.each([
    ['{"builds": [}', 12],
    ['{"builds": [', 12],
    ['{"builds":\n  nothing}', 13],
    ['{"builds": [],}', 14],
    ['{"builds" []}', 10],
    ['{"builds": 01}', 11],
    ['{"builds": "a\tb"}', 11],
    ['{"builds": []} {', 15],
    ["{builds: []}", 1],
    ['{"a": [1 2]}', 9],
    ['{"a": [1, "b", {}, [], null, true, -1.5e3, "\\u00e4"', 51],
  ])("that is none is refused with the character where it stops: %j", (text, offset) => {
    expect(refusal(text)).toEqual({ code: "json-invalid", name: "manifest.json", offset });
  });

  it("of another kind says nothing", () => {
    expect(readInstructions(file({ name: "package", version: "1.0.0" }))).toBeUndefined();
    expect(readInstructions(file("[1, 2]"))).toBeUndefined();
  });

  it("may start with a byte order mark, or be UTF-16 as PowerShell writes it", () => {
    const text = JSON.stringify({ builds: builds({ path: "Größe.bin", offset: 0 }) });
    const utf16 = Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((char) => [char.charCodeAt(0), 0])]);
    expect(neededFiles(file(`\ufeff${text}`))).toEqual(["Größe.bin"]);
    expect(neededFiles({ path: "manifest.json", bytes: utf16 })).toEqual(["Größe.bin"]);
  });
});

it("an image, an archive and no bytes need no other files", () => {
  for (const bytes of [Uint8Array.of(0xe9, 1, 2, 3), Uint8Array.of(0x1f, 0x8b, 8, 0), new Uint8Array()])
    expect(neededFiles({ path: "a.bin", bytes })).toEqual([]);
});
