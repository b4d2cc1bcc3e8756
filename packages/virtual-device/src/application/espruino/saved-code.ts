/**
 * What `save()` and `E.setBootCode` leave in flash, and what the firmware finds there when it starts.
 *
 * A real firmware saves its variables as a compressed image of its memory. This one saves the values that were given to
 * variables, as text behind a mark of its own; the places, the words around it and the flags of files are the real ones.
 * An image that another device saved is found and loaded, but its variables cannot be read.
 *
 * @module
 */
import { latin1, readU32, textBytes, writeU32 } from "../../bytes.js";
import type { Routine } from "../../chip/cpu.js";
import type { FlashWindow } from "./flash-window.js";
import type { Area } from "./places.js";
import type { Storage } from "./storage.js";

/** Code and state that are kept over a reset. */
export interface SavedCode {
  /** Bytes of the saved image that is loaded at boot; 0 when there is none. */
  imageSize(): number;
  /** The variables of an image that this device saved. */
  loadImage(): Readonly<Record<string, unknown>>;
  /** Bytes that `image` may have at most. */
  readonly limit: number;
  /** Saves an image; false when there is no room. */
  saveImage(image: Uint8Array): Routine<boolean>;
  /** Keeps boot code, which is an empty text to remove it. */
  setBootCode(code: string, always: boolean): Routine<boolean>;
  /** Removes image and boot code, which `reset(true)` does. */
  eraseAll(): Routine<void>;
}

const MARK = "VCHIPVAR";

/** The image of these variables. */
export function encodeVariables(variables: Readonly<Record<string, unknown>>): Uint8Array {
  return textBytes(MARK + JSON.stringify(variables));
}

function decodeVariables(image: Uint8Array): Readonly<Record<string, unknown>> {
  const text = latin1(image);
  if (!text.startsWith(MARK)) return {};
  try {
    return JSON.parse(text.slice(MARK.length));
  } catch {
    return {};
  }
}

const MAGIC = 0xdeadbeef;
const ALWAYS = 0x80000000;
const HEADER = 8;
const align = (size: number): number => (size + 3) & ~3;

/**
 * Up to 1v95: an area with the length of the boot code (bit 31: run it after `reset()` too), the offset where the data
 * ends, boot code, image, and a magic word at its very end.
 */
export function savedInArea(flash: FlashWindow, { offset, size }: Area): SavedCode {
  const word = (at: number): number => readU32(flash.read(offset + at, 4), 0);
  const isPresent = (): boolean => word(size - 4) === MAGIC;
  const imageAt = (): number => HEADER + align(word(0) & ~ALWAYS);
  const imageSize = (): number => {
    if (!isPresent()) return 0;
    const length = word(4) - offset - imageAt();
    return length > 0 && length <= size ? length : 0;
  };
  function* eraseAll(): Routine<void> {
    for (let at = 0; at < size; at += 0x1000) yield* flash.erase(offset + at);
  }
  function* write(bootCode: string, always: boolean, image: Uint8Array): Routine<boolean> {
    const code = textBytes(bootCode);
    const content = new Uint8Array(HEADER + align(code.length) + align(image.length)).fill(0xff);
    if (content.length > size - 4) return false;
    writeU32(content, 0, (code.length | (always ? ALWAYS : 0)) >>> 0);
    writeU32(content, 4, offset + HEADER + align(code.length) + image.length);
    content.set(code, HEADER);
    content.set(image, HEADER + align(code.length));
    yield* eraseAll();
    yield* flash.write(offset, content);
    const magic = new Uint8Array(4);
    writeU32(magic, 0, MAGIC);
    yield* flash.write(offset + size - 4, magic);
    return isPresent();
  }
  return {
    imageSize,
    loadImage: () => decodeVariables(flash.read(offset + imageAt(), imageSize())),
    limit: size - 4,
    saveImage: (image) => write("", false, image),
    setBootCode: (code, always) => write(code, always, new Uint8Array(0)),
    eraseAll,
  };
}

const IMAGE_FILE = ".varimg";
const BOOT_CODE = ".bootcde";
const BOOT_CODE_ALWAYS = ".bootrst";
const COMPRESSED = 0x80;

/** Since 1v96: three files in Storage. */
export function savedInStorage(storage: Storage): SavedCode {
  return {
    imageSize: () => storage.find(IMAGE_FILE)?.data.length ?? 0,
    loadImage: () => decodeVariables(storage.find(IMAGE_FILE)?.data ?? new Uint8Array(0)),
    limit: storage.size,
    *saveImage(image) {
      return yield* storage.write({ name: IMAGE_FILE, data: image, flags: COMPRESSED });
    },
    *setBootCode(code, always) {
      yield* storage.erase(BOOT_CODE);
      yield* storage.erase(BOOT_CODE_ALWAYS);
      if (code === "") return true;
      const name = always ? BOOT_CODE_ALWAYS : BOOT_CODE;
      return yield* storage.write({ name, data: textBytes(code), flags: 0 });
    },
    *eraseAll() {
      for (const name of [IMAGE_FILE, BOOT_CODE, BOOT_CODE_ALWAYS]) yield* storage.erase(name);
    },
  };
}
