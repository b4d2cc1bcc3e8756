/** Which bytes in RAM are the stub that this device can run. @module */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "../bytes.js";
import type { Memory } from "../chip/memory.js";

/** Espressif's flasher stub, generation 2, version 1.2.2, as public tools ship it. */
const STUB = {
  entry: 0x4010c504,
  text: {
    address: 0x4010c500,
    length: 0x2cc0,
    sha256: "37c16091ff165ffe760353a8e92d07f55927e34d01fb5fc04c18b5525c13f8f6",
  },
  data: {
    address: 0x3fffae6c,
    length: 0x398,
    sha256: "de5922ffd2c868b51c4eec1fb74459f31adb2975f7514459a91ac2ffed65f737",
  },
} as const;

/** RAM that the running stub uses: code, and zeroed variables up to the end of its data. */
const IN_USE = [
  { start: STUB.text.address, end: STUB.text.address + STUB.text.length },
  { start: 0x3ffe8100, end: STUB.data.address + STUB.data.length },
] as const;

/** Whether a jump to `entry` starts the stub: entry, addresses and every byte must be the genuine one's. */
export function isStub(memory: Memory, entry: number): boolean {
  if (entry !== STUB.entry) return false;
  return [STUB.text, STUB.data].every(
    ({ address, length, sha256: digest }) => hex(sha256(memory.view(address, length))) === digest,
  );
}

/** Whether a write of `length` bytes to `address` would overwrite the running stub. */
export function overwritesStub(address: number, length: number): boolean {
  return length > 0 && IN_USE.some(({ start, end }) => address < end && address + length > start);
}
