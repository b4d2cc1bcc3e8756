/**
 * Who a firmware is, from texts in any pieces of it.
 *
 * @module
 */
import type { Statement } from "../../image/flash-params.js";
import { latin1 } from "../../latin1.js";
import { Certainty, FirmwareFamily, type FirmwareId } from "../../maps/firmware-id.js";
import { readSignature, SDK_START, SDK_VERSION, type TextSignature, textSignatures } from "./signatures.js";

/** Who a firmware is, and why. */
export interface Identification {
  readonly firmware: FirmwareId;
  readonly certainty: Certainty;
  /** Version of the NONOS SDK that it is built on: `2.2.1`. */
  readonly sdkVersion?: string;
  /** What says so, strongest first: `identity-…` codes. Empty where nothing was recognised. */
  readonly evidence: readonly Statement[];
}

/** A piece of a firmware. */
export interface FirmwarePiece {
  /** Where it lies in the file or in flash; evidence names positions from there. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** A text that was met. */
interface Sighting {
  readonly signature: TextSignature;
  readonly offset: number;
  readonly text: string;
  readonly says: Partial<FirmwareId>;
}

/** Texts longer than this are cut in evidence. */
const LONGEST_EVIDENCE = 60;

/** Who the firmware is that a stretch of bytes belongs to: a whole file, a segment, a dump. `offset` is where they lie. */
export function identifyText(bytes: Uint8Array, offset = 0): Identification {
  return identifyPieces([{ offset, bytes }]);
}

/** The same from several pieces, each of which may hold a part of the answer. A text that two pieces share is not seen. */
export function identifyPieces(pieces: readonly FirmwarePiece[]): Identification {
  const texts = pieces.map(({ offset, bytes }) => ({ offset, text: latin1(bytes) }));
  const sightings = texts.flatMap(({ offset, text }) => findSignatures(text, offset));
  const sdk = findSdk(texts);
  const first = textSignatures.find((signature) => sightings.some((seen) => seen.signature === signature));
  const found = first === undefined ? sdkIdentity(sdk) : identityOf(first.family, sightings);
  return sdk.version === undefined ? found : { ...found, sdkVersion: sdk.version };
}

function findSignatures(text: string, offset: number): Sighting[] {
  return textSignatures.flatMap((signature) => {
    const match = signature.pattern.exec(text);
    if (match === null) return [];
    return [
      { signature, offset: offset + match.index, text: match[0], says: readSignature(signature, match) },
    ];
  });
}

function identityOf(family: FirmwareFamily, sightings: readonly Sighting[]): Identification {
  const own = sightings.filter(({ signature }) => signature.family === family);
  const isSure = own.some(({ signature }) => signature.certainty === Certainty.source);
  return {
    // The strongest text of each kind counts.
    firmware: Object.assign({ family }, ...own.map(({ says }) => says).reverse()),
    certainty: isSure ? Certainty.source : Certainty.general,
    evidence: own.map(({ text, offset }) => textEvidence(text, offset)),
  };
}

/** That a text stands at an offset. */
/** Evidence for a text that stands at an offset. */
export function textEvidence(text: string, offset: number): Statement {
  const shown = text.trim().slice(0, LONGEST_EVIDENCE);
  return { code: "identity-text", params: { text: shown, offset } };
}

interface SdkTexts {
  readonly version: string | undefined;
  readonly evidence: readonly Statement[];
}

function findSdk(texts: readonly { readonly offset: number; readonly text: string }[]): SdkTexts {
  let version: string | undefined;
  const evidence: Statement[] = [];
  for (const { offset, text } of texts) {
    const start = SDK_START.exec(text);
    if (start !== null) evidence.push(textEvidence(start[0], offset + start.index));
    const named = SDK_VERSION.exec(text);
    if (named === null) continue;
    version ??= named[1];
    evidence.push(textEvidence(named[0], offset + named.index));
  }
  return { version, evidence };
}

/** The SDK alone says little: Arduino and NodeMCU are built on it too. */
function sdkIdentity({ evidence }: SdkTexts): Identification {
  const family = evidence.length === 0 ? FirmwareFamily.unknown : FirmwareFamily.nonos;
  return { firmware: { family }, certainty: Certainty.uncertain, evidence };
}
