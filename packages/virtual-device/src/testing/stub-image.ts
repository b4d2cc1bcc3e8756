/** The genuine stub's bytes, out of a public tool's package, for tests. @module */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const json: { text: string; data: string } = JSON.parse(
  readFileSync(
    join(
      dirname(createRequire(import.meta.url).resolve("esptool-js")),
      "../lib/targets/stub_flasher/esp8266.json",
    ),
    "utf8",
  ),
);

export const stubText = Uint8Array.from(Buffer.from(json.text, "base64"));
export const stubData = Uint8Array.from(Buffer.from(json.data, "base64"));
export const STUB_TEXT_ADDRESS = 0x4010c500;
export const STUB_DATA_ADDRESS = 0x3fffae6c;
export const STUB_ENTRY = 0x4010c504;
