import { expect, it } from "vitest";
import { describeWith } from "../../../../../test/support/requirements.js";
import { concat, words } from "../../bytes.js";
import { firmware, hex } from "../../image/sample-images.fixture.js";
import { identifyBootLoader } from "./boot-loader.js";
import { identifyImage } from "./identify-image.js";
import { identifyPieces, identifyText } from "./identify-text.js";

const ascii = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const texts = (...lines: string[]) => ascii(lines.join("\0"));

it.each([
  ["espruino", "ESP8266_4MB", "1v95", texts(" 1v95 Copyright 2017 G.Williams", "ESP8266_4MB")],
  ["espruino", "ESP8266_BOARD", "2v29", texts(" 2v29 (c) 2025 G.Williams", "ESP8266_BOARD")],
  ["espruino", undefined, "2v09.12", texts(" 2v09.12 (c) 2021 G.Williams")],
  ["at", undefined, "0.9.2.4", texts("[Vendor:www.ai-thinker.com Version:0.9.2.4]")],
  ["micropython", "1M", "1.19.1", texts("MicroPython v1.19.1 on 2022-06-18", "ESP module (1M) with ESP8266")],
  [
    "nodemcu",
    undefined,
    "3.0.0.0",
    texts("NodeMCU 3.0.0.0 built on nodemcu-build.com", "SDK ver: %s compiled @ "),
  ],
  ["esphome", undefined, "2023.12.9", texts("ESPHome version 2023.12.9 compiled on %s", "Tasmota")],
  ["tasmota", undefined, undefined, texts("Project tasmota - %s %s(%s)-%s")],
  ["rboot", undefined, "1.4.2", texts("rBoot v1.4.2 - richardaburton@gmail.com")],
  ["unknown", undefined, undefined, texts("Hello, world")],
])("recognises %s %s %s by its texts", (family, build, version, bytes) => {
  expect(identifyText(bytes).firmware).toEqual({
    family,
    ...(build === undefined ? {} : { build }),
    ...(version === undefined ? {} : { version }),
  });
});

it("puts an identity together from pieces, and says where in flash each text stands", () => {
  const pieces = [
    { offset: 0x62000, bytes: texts("", " 2v09 (c) 2021 G.Williams") },
    { offset: 0x72000, bytes: texts("ESP8266_BOARD") },
  ];
  expect(identifyPieces(pieces)).toEqual({
    firmware: { family: "espruino", build: "ESP8266_BOARD", version: "2v09" },
    certainty: "source",
    evidence: [
      { code: "identity-text", params: { text: "2v09 (c) 2021 G.Williams", offset: 0x62001 } },
      { code: "identity-text", params: { text: "ESP8266_BOARD", offset: 0x72000 } },
    ],
  });
});

it("calls a firmware that only shows the SDK's texts uncertain, and names the SDK", () => {
  expect(identifyText(texts("SDK ver: %s compiled @ Jun", "2.2.1(6ab97e9)"))).toMatchObject({
    firmware: { family: "nonos" },
    certainty: "uncertain",
    sdkVersion: "2.2.1",
  });
});

it.each([
  [0x4010_f29c, 1384, "unknown core, of several with this eboot", "2.3 to 2.5", undefined],
  [0x4010_f494, 3460, "core 3.0.2", "3.0.2", "3.0.2"],
  [0x4010_f777, 3333, "core unknown", "unknown", undefined],
])("recognises Arduino by eboot at entry %i with %i bytes: %s", (entry, size, _, bootVersion, version) => {
  const image = concat([hex("e9 01 02 40"), words(entry, 0x4010_f000, size), new Uint8Array(size)]);
  expect(identifyBootLoader(image)).toMatchObject({ kind: "eboot", version: bootVersion });
  expect(identifyImage(image).firmware).toEqual({
    family: "arduino",
    ...(version === undefined ? {} : { version }),
  });
});

it("recognises MicroPython by the size and MD5 around its code where its texts are missing", () => {
  const image = new Uint8Array(0xa000);
  image.set(hex("e9 03"));
  image.set(words(0xa000 - 16), 0x8ffc);
  expect(identifyImage(image)).toMatchObject({ firmware: { family: "micropython" }, certainty: "derived" });
});

it("recognises an ESP-IDF partition table", () => {
  const image = new Uint8Array(0x9000);
  image.set(hex("e9 03"));
  image.set(hex("aa 50"), 0x8000);
  expect(identifyImage(image)).toMatchObject({ firmware: { family: "rtos" }, certainty: "general" });
});

it("takes Espruino's build from the inner header where its name is not at hand", () => {
  const image = concat([
    hex("ea 04 00 00"),
    words(0x4010_0004, 0, 16),
    ascii(" 1v95 (c) 2017 G.Williams").subarray(0, 16),
  ]);
  const named = concat([image, hex("e9 03 00 6f"), texts("", " 1v95 (c) 2017 G.Williams")]);
  expect(identifyImage(named).firmware).toEqual({
    family: "espruino",
    build: "ESP8266_4MB",
    version: "1v95",
  });
});

it("finds nothing in no bytes", () => {
  const nothing = { firmware: { family: "unknown" }, certainty: "uncertain", evidence: [] };
  expect(identifyImage(new Uint8Array())).toEqual(nothing);
  expect(identifyBootLoader(new Uint8Array())).toBeUndefined();
});

describeWith(["firmware"], "real files", () => {
  it.each([
    ["espruino-2v09-esp8266/espruino_esp8266_user1.bin", "espruino", "ESP8266_BOARD", "2v09", "2.2.1"],
    ["esp8266-at-1024+1024/user1.2048.new.5.bin", "at", undefined, "1.7.6", "3.0.6-dev"],
    ["esp8266-at-1024+1024/user2.2048.new.5.bin", "at", undefined, "1.7.6", "3.0.6-dev"],
  ])("%s is recognised whole and by its RAM segments alone", (path, family, build, version, sdkVersion) => {
    const bytes = firmware(path);
    const expected = {
      firmware: { family, version, ...(build === undefined ? {} : { build }) },
      certainty: "source",
      sdkVersion,
    };
    expect(identifyImage(bytes)).toMatchObject(expected);
    const inner = bytes.length === 466260 ? 0x68010 : 0x61f30;
    expect(identifyText(bytes.subarray(inner), inner)).toMatchObject(expected);
  });

  it.each([
    ["boot_v1.6.bin", "1.6"],
    ["boot_v1.7.bin", "1.7(5d6f877)"],
  ])("%s is the SDK's second boot, also from its first 16 bytes", (name, version) => {
    const bytes = firmware(`esp8266-sdk/${name}`);
    expect(identifyBootLoader(bytes)).toMatchObject({ kind: "sdk", version });
    expect(identifyBootLoader(bytes.subarray(0, 16))).toMatchObject({
      kind: "sdk",
      version: version.slice(0, 3),
    });
    expect(identifyImage(bytes).firmware).toEqual({ family: "nonos" });
  });
});
