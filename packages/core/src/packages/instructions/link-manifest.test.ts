import { describe, expect, it } from "vitest";
import { openPackage } from "../open-package.js";
import { linkManifest } from "./link-manifest.js";

const file = (value: unknown, path = "manifest.json") => ({
  path,
  bytes: new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value)),
});
const parts = (...list: object[]) => ({ builds: [{ chipFamily: "ESP8266", parts: list }] });
const link = (...references: string[]) =>
  linkManifest(file(parts(...references.map((path, at) => ({ path, offset: at * 0x1000 })))))?.files;
const SHA256 = "c0535e4be2b79ffd93291305436bf889314e4a3faec05ecffcbb7df31ad9e51a";

describe("a manifest from the web", () => {
  it("becomes one for the ESP8266 alone, its parts beside it", () => {
    const manifest = {
      name: "Tasmota",
      version: null,
      new_install_prompt_erase: true,
      funding_url: "https://example.org/",
      new_install_improv_wait_time: 10,
      builds: [
        { chipFamily: "ESP32", improv: true, parts: [{ path: "../tasmota32.factory.bin", offset: 0 }] },
        {
          chipFamily: "ESP8266",
          improv: true,
          parts: [{ path: "../firmware/tasmota.bin?v=1", offset: 0, size: 12, sha256: SHA256.toUpperCase() }],
        },
      ],
    };
    const linked = linkManifest(file(manifest));
    expect(linked?.files).toEqual([{ reference: "../firmware/tasmota.bin?v=1", path: "tasmota.bin" }]);
    expect(JSON.parse(new TextDecoder().decode(linked?.file.bytes))).toEqual({
      name: "Tasmota",
      new_install_prompt_erase: true,
      funding_url: "https://example.org/",
      builds: [
        {
          chipFamily: "ESP8266",
          parts: [{ path: "tasmota.bin", offset: 0, size: 12, sha256: SHA256 }],
        },
      ],
    });
  });

  it("keeps what lies beside it where it is, and names what lies elsewhere", () => {
    expect(link("b/fw.bin", "https://a.example/x/fw.bin#1", "../FW.bin", "/c/d.bin", "/c/d.bin")).toEqual([
      { reference: "b/fw.bin", path: "b/fw.bin" },
      { reference: "https://a.example/x/fw.bin#1", path: "fw.bin" },
      { reference: "../FW.bin", path: "other/FW.bin" },
      { reference: "/c/d.bin", path: "d.bin" },
    ]);
  });

  it("gets names that are safe whatever it holds", () => {
    expect(link("https://a.example/", "..", "a/<b>:\n.bin", `/${"x".repeat(200)}.bin`)).toEqual([
      { reference: "https://a.example/", path: "part" },
      { reference: "..", path: "other/part" },
      { reference: "a/<b>:\n.bin", path: "_b___.bin" },
      { reference: `/${"x".repeat(200)}.bin`, path: `${"x".repeat(76)}.bin` },
    ]);
  });

  it("in its old forms says the same", () => {
    const old = { new_install_skip_erase: true, ...parts({ filename: "a.bin", offset: "0x10", size: 1 }) };
    const linked = linkManifest(file(old));
    expect(JSON.parse(new TextDecoder().decode(linked?.file.bytes))).toEqual({
      new_install_prompt_erase: true,
      builds: [{ chipFamily: "ESP8266", parts: [{ path: "a.bin", offset: 16 }] }],
    });
  });

  it.each([
    [{ size: 0 }, "size", "a number of bytes"],
    [{ size: "12" }, "size", "a number of bytes"],
    [{ sha256: "abc" }, "sha256", "64 hex digits"],
  ])("with %j is refused with the path of the field", (wrong, field, expected) => {
    expect(() => linkManifest(file(parts({ path: "a.bin", offset: 0, ...wrong })))).toThrow(
      expect.objectContaining({
        code: "json-field",
        params: { name: "manifest.json", path: `builds[0].parts[0].${field}`, expected },
      }),
    );
  });

  it("is nothing else: other JSON, and files that are none", () => {
    expect(linkManifest(file({ flash_files: { "0x0": "a.bin" } }))).toBeUndefined();
    expect(linkManifest(file("esptool write_flash 0 a.bin"))).toBeUndefined();
    expect(linkManifest({ path: "a.bin", bytes: Uint8Array.of(0xe9, 0, 0xff) })).toBeUndefined();
  });
});

describe("what a manifest says of itself", () => {
  const announced = (more: object) =>
    openPackage([
      file({ ...more, ...parts({ path: "data.bin", offset: 0 }) }),
      { path: "data.bin", bytes: Uint8Array.of(1) },
    ]).announced;

  it("is kept: its name, its version, and where to give money", () => {
    const said = { name: "WLED", version: "0.15", funding_url: "https://example.org/give" };
    expect(announced(said)).toEqual({
      name: "WLED",
      version: "0.15",
      fundingUrl: "https://example.org/give",
    });
    expect(announced({})).toEqual({});
  });

  it("is no address but one of the web", () => {
    expect(announced({ funding_url: "javascript:alert(1)" })).toEqual({});
  });
});

describe("a file that its manifest describes", () => {
  const bytes = new TextEncoder().encode("hello flash!");
  const open = (more: object) =>
    openPackage([file(parts({ path: "data.bin", offset: 0x10_0000, ...more })), { path: "data.bin", bytes }]);
  const sha256 = "fe63b2eb51d6bd38e1ddbdc8fd7d7d0ff0f0e7d4c5e7d8f9e4a7a1d8a2ab0c1d";

  it("is taken where it is what the manifest says", () => {
    const digest = open({ size: 12 }).parts[0]!.sha256;
    expect(open({ size: 12, sha256: digest }).parts).toHaveLength(1);
  });

  it("is refused where it is not", () => {
    const actual = open({}).parts[0]!.sha256;
    expect(() => open({ size: 13 })).toThrow(
      expect.objectContaining({
        code: "package-file-size",
        params: { name: "data.bin", actual: 12, expected: 13 },
      }),
    );
    expect(() => open({ sha256 })).toThrow(
      expect.objectContaining({
        code: "package-file-sha256",
        params: { name: "data.bin", actual, expected: sha256 },
      }),
    );
  });
});
