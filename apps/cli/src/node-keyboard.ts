/** Node's standard input as a keyboard. @module */
import type { Keyboard } from "./world.js";

/** The parts of `process.stdin` that are used. */
export interface KeySource {
  readonly isTTY?: boolean | undefined;
  setRawMode?(raw: boolean): unknown;
  on(event: "data", listener: (bytes: Uint8Array) => void): unknown;
  on(event: "end" | "error", listener: () => void): unknown;
  off(event: "data", listener: (bytes: Uint8Array) => void): unknown;
  off(event: "end" | "error", listener: () => void): unknown;
  pause(): unknown;
}

/** Takes the keys, also those that a terminal would make signals of. */
export function openKeyboard(stdin: KeySource): Keyboard {
  const isTTY = stdin.isTTY === true;
  const pressed: Uint8Array[] = [];
  let over = false;
  let wake = () => {};
  const take = (bytes: Uint8Array) => {
    pressed.push(bytes);
    wake();
  };
  const end = () => {
    over = true;
    wake();
  };
  if (isTTY) stdin.setRawMode?.(true);
  stdin.on("data", take);
  stdin.on("end", end);
  stdin.on("error", end);
  return {
    isTTY,
    async read() {
      while (pressed.length === 0 && !over) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return pressed.shift();
    },
    close() {
      stdin.off("data", take);
      stdin.off("end", end);
      stdin.off("error", end);
      if (isTTY) stdin.setRawMode?.(false);
      // A stream that flows keeps the program from ending.
      stdin.pause();
      end();
    },
  };
}
