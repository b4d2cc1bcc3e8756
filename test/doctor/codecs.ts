/** The same digests as core's, faster: the campaign hashes some gigabytes, most of them erased flash. @module */
import { createHash } from "node:crypto";
import { type Codecs, defaultCodecs } from "@flashwright/core";

const erased = Buffer.alloc(0x10000, 0xff);
const erasedDigests = new Map<number, Uint8Array>();

/** Core's codecs with Node's MD5. */
export const codecs: Codecs = { ...defaultCodecs, md5 };

function md5(input: Uint8Array): Uint8Array {
  if (input.length > erased.length || !erased.subarray(0, input.length).equals(input)) return digest(input);
  const known = erasedDigests.get(input.length) ?? digest(input);
  erasedDigests.set(input.length, known);
  return known;
}

function digest(input: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("md5").update(input).digest());
}
