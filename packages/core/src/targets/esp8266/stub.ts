/**
 * The flasher stub: Espressif's esp-flasher-stub, taken at build time from the npm package `esptool-js`.
 *
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { base64 } from "@scure/base";
import stub from "esptool-js/lib/targets/stub_flasher/esp8266.json";
import { toHex } from "../../bytes.js";
import { FlasherError } from "../../errors.js";
import type { StubImage } from "../target.js";

/** SHA-256 of text and data of esp-flasher-stub 1.2.2, the version that this code was written for. */
const DIGESTS = {
  text: "37c16091ff165ffe760353a8e92d07f55927e34d01fb5fc04c18b5525c13f8f6",
  data: "de5922ffd2c868b51c4eec1fb74459f31adb2975f7514459a91ac2ffed65f737",
};

/** The stub's bytes, checked. @throws FlasherError `stub-corrupt` where they are not those of version 1.2.2 */
export function loadStub(): StubImage {
  return {
    text: checked(base64.decode(stub.text), DIGESTS.text),
    textAddress: stub.text_start,
    data: checked(base64.decode(stub.data), DIGESTS.data),
    dataAddress: stub.data_start,
    entry: stub.entry,
    origin:
      "esp-flasher-stub 1.2.2, Apache-2.0 OR MIT, by Espressif Systems, from the npm package esptool-js 0.7.0",
  };
}

function checked(bytes: Uint8Array, expected: string): Uint8Array {
  const actual = toHex(sha256(bytes));
  if (actual !== expected) throw new FlasherError("stub-corrupt", { actual, expected });
  return bytes;
}
