/** What the demonstration writes, and where. @module */
import { esp8266, type HeaderChoice, type ImageInput, parseFlashSize } from "@flashwright/core";
import { IROM_OFFSET, makeFirmware } from "./make-image.js";

/** Files with their places on a 4 MB chip. */
export interface FirmwareSet {
  /** One sentence on where the bytes come from. */
  readonly origin: string;
  readonly images: readonly ImageInput[];
  readonly header: HeaderChoice;
}

/** Header choice for a flash size of that name. */
export function sizeChoice(name: string): HeaderChoice {
  return { size: parseFlashSize(name, esp8266.image.flashParams) };
}

/** A firmware of this project's own making, which says one sentence. */
export function madeFirmwareSet(): FirmwareSet {
  const { boot, irom } = makeFirmware();
  return {
    origin:
      "The firmware is made for this demonstration: right in form, random in content. It will say one sentence.",
    images: [
      { name: "made.flash.bin", offset: 0, bytes: boot },
      { name: "made.irom0text.bin", offset: IROM_OFFSET, bytes: irom },
    ],
    header: sizeChoice("4MB"),
  };
}
