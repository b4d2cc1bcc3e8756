/** `--flash-mode`, `--flash-freq` and `--flash-size`, and what they mean. @module */
import {
  explainFlashSize,
  FlasherError,
  flashSizeOfCapacity,
  formatSize,
  type HeaderChoice,
  parseFlashFreq,
  parseFlashMode,
  parseFlashSize,
  type Statement,
  type Target,
} from "@flashwright/core";

/** The three options as typed. */
export interface HeaderOptions {
  readonly flashMode?: string;
  readonly flashFreq?: string;
  readonly flashSize?: string;
}

/** The three options, understood. */
export interface HeaderWish {
  /** What is wanted whatever the chip is. */
  readonly choice: HeaderChoice;
  /** The size is to be that of the chip. */
  readonly detectSize: boolean;
  /** What the typed size stands for. */
  readonly meaning: Statement | undefined;
}

/**
 * Understands the options; `keep`, the default of all three, leaves the file's own value.
 * @throws FlasherError `flash-mode-unknown`, `flash-freq-unknown`, `flash-size-unknown`, `flash-size-ambiguous`
 */
export function parseHeaderOptions(options: HeaderOptions, target: Target): HeaderWish {
  const tables = target.image.flashParams;
  const [mode, freq, size] = [options.flashMode, options.flashFreq, options.flashSize].map(wished);
  const detectSize = size?.toLowerCase() === "detect";
  const named = detectSize ? undefined : size;
  return {
    choice: {
      ...(mode === undefined ? {} : { mode: parseFlashMode(mode, tables) }),
      ...(freq === undefined ? {} : { freq: parseFlashFreq(freq, tables) }),
      ...(named === undefined ? {} : { size: parseFlashSize(named, tables) }),
    },
    detectSize,
    meaning: named === undefined ? undefined : explainFlashSize(named, tables),
  };
}

/**
 * The wish for a chip of that size; `detect` is the plain map of the chip's size, never one with another split.
 * @throws FlasherError `flash-size-unknown` where no map has the chip's size
 */
export function headerFor(wish: HeaderWish, flashSize: number, target: Target): HeaderChoice {
  if (!wish.detectSize) return wish.choice;
  const { flashParams } = target.image;
  const size = flashSizeOfCapacity(flashSize, flashParams);
  if (size !== undefined) return { ...wish.choice, size };
  const known = flashParams.sizes.map(({ name }) => name);
  throw new FlasherError("flash-size-unknown", { text: formatSize(flashSize), known });
}

function wished(text: string | undefined): string | undefined {
  return text === undefined || text.toLowerCase() === "keep" ? undefined : text;
}
