/**
 * Which program the boot ROM starts from offset 0: the SDK's second boot, Arduino's eboot, rBoot, or none of them.
 *
 * @module
 */
import { readWord } from "../../bytes.js";
import type { Statement } from "../../image/flash-params.js";
import { BOOT_MAGIC } from "../../image/image-types.js";
import { latin1 } from "../../latin1.js";
import { textEvidence } from "./identify-text.js";

/** A boot loader that was recognised. */
export interface BootLoaderId {
  readonly kind: "sdk" | "eboot" | "rboot";
  /** `1.6`, `1.7(5d6f877)`; for eboot the core that ships it, or `unknown`. */
  readonly version: string;
  readonly evidence: readonly Statement[];
}

/** All of them fit into the first two sectors. */
const LONGEST_BOOT = 0x2000;
const EBOOT_ADDRESS = 0x4010_f000;

/** The SDK's second boot by entry point, for those whose text is not at hand. 1.6 and 1.7 measured, 1.2 as published. */
const sdkEntries: ReadonlyMap<number, string> = new Map([
  [0x4010_00c0, "1.2"],
  [0x4010_0438, "1.6"],
  [0x4010_057c, "1.7"],
]);
/** Size of the first segment of those; the entry point alone would be a weak sign. */
const sdkSegmentSizes: ReadonlyMap<string, number> = new Map([
  ["1.2", 0x330],
  ["1.6", 0x968],
  ["1.7", 0xa20],
]);

/** Arduino's eboot by entry point and size of its only segment. */
const eboots: readonly { readonly entry: number; readonly size: number; readonly version: string }[] = [
  { entry: 0x4010_f29c, size: 1384, version: "2.3 to 2.5" },
  { entry: 0x4010_f45c, size: 3584, version: "2.7.4" },
  { entry: 0x4010_f494, size: 3460, version: "3.0.2" },
  { entry: 0x4010_f480, size: 3424, version: "3.1.2" },
];

/**
 * The boot loader at the start of `bytes`: a file, or flash from offset 0. A sector is enough for eboot and for headers, two
 * for all texts. `undefined` where there is none that is known.
 */
export function identifyBootLoader(bytes: Uint8Array): BootLoaderId | undefined {
  if (bytes.length < 16 || bytes[0] !== BOOT_MAGIC) return undefined;
  return findEboot(bytes) ?? findNamed(bytes) ?? findSdkEntry(bytes);
}

function findEboot(bytes: Uint8Array): BootLoaderId | undefined {
  if (bytes[1] !== 1 || readWord(bytes, 8) !== EBOOT_ADDRESS) return undefined;
  const entry = readWord(bytes, 4);
  const size = readWord(bytes, 12);
  const known = eboots.find((one) => one.entry === entry && one.size === size);
  return { kind: "eboot", version: known?.version ?? "unknown", evidence: [entryEvidence(entry, size)] };
}

function findNamed(bytes: Uint8Array): BootLoaderId | undefined {
  const text = latin1(bytes.subarray(0, LONGEST_BOOT));
  const sdk = /2nd boot version : (\d\.\d(?:\([\w]{1,16}\))?)/.exec(text);
  if (sdk !== null) return { kind: "sdk", version: sdk[1], evidence: [textEvidence(sdk[0], sdk.index)] };
  const rboot = /rBoot v(\d{1,2}\.\d{1,2}\.\d{1,2})/.exec(text);
  if (rboot !== null)
    return { kind: "rboot", version: rboot[1], evidence: [textEvidence(rboot[0], rboot.index)] };
  return undefined;
}

function findSdkEntry(bytes: Uint8Array): BootLoaderId | undefined {
  const entry = readWord(bytes, 4);
  const size = readWord(bytes, 12);
  const version = sdkEntries.get(entry);
  if (version === undefined || sdkSegmentSizes.get(version) !== size) return undefined;
  return { kind: "sdk", version, evidence: [entryEvidence(entry, size)] };
}

function entryEvidence(entry: number, size: number): Statement {
  return { code: "identity-entry", params: { address: entry, size } };
}
