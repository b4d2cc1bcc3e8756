/** What is done when a line is over: saving, loading, starting afresh. @module */
import type { Routine } from "../../chip/cpu.js";
import { SOFTWARE_RESET } from "../../chip/machine.js";
import { banner } from "./banner.js";
import type { Context } from "./context.js";
import { variableCount } from "./library/process.js";
import { encodeVariables } from "./saved-code.js";
import type { Value } from "./script/values.js";

const BYTES_PER_VARIABLE = 16;
/** Milliseconds between `E.reboot()` and the reset, about. */
const REBOOT_MS = 100;

/** Prints text, `\n` at line ends. */
export type Print = (text: string) => Routine<void>;

/** Does what the last line asked for. After a reboot nothing of this program goes on. */
export function* doIdleWork(context: Context, print: Print): Routine<void> {
  const work = context.idleWork;
  context.idleWork = undefined;
  if (work === "save") yield* save(context, print);
  else if (work === "load") yield* load(context, print);
  else if (work === "reboot") yield* reboot(context);
  else if (work !== undefined) yield* reset(context, print, work === "reset-and-erase");
}

/** At boot and on `load()`: the saved image if there is one. @returns whether there was */
export function* load(context: Context, print: Print): Routine<boolean> {
  const size = context.saved.imageSize();
  context.variables.clear();
  if (size === 0) return false;
  yield* print(`Loading ${size} bytes from flash...\n`);
  for (const [name, value] of Object.entries(context.saved.loadImage())) {
    context.variables.set(name, value as Value);
  }
  return true;
}

function* save(context: Context, print: Print): Routine<void> {
  const image = encodeVariables(Object.fromEntries(context.variables));
  const whole = variableCount(context) * BYTES_PER_VARIABLE;
  if (context.storage === undefined) yield* saveInArea(context, print, image, whole);
  else yield* saveInStorage(context, print, image, whole);
}

function* saveInArea(context: Context, print: Print, image: Uint8Array, whole: number): Routine<void> {
  const { saved } = context;
  if (image.length + 8 > saved.limit) {
    yield* print(`ERROR: Too big to save to flash (${image.length} vs ${saved.limit} bytes)\n`);
    return;
  }
  yield* print("Erasing Flash....\nWriting...\n");
  const verified = yield* saved.saveImage(image);
  yield* print(`Compressed ${whole} bytes to ${image.length}\nChecking...\n`);
  // What the flash refused, as beyond the map's end, does not read back. The real words for it are UNCERTAIN.
  yield* print(verified ? "Done!\n" : "There were errors!\n");
}

function* saveInStorage(context: Context, print: Print, image: Uint8Array, whole: number): Routine<void> {
  const { storage, saved, build } = context;
  if (build.release >= 229 && storage!.find(".bootcde") !== undefined) {
    // The real words are UNCERTAIN.
    yield* print("Not saving: boot code is present\n");
    return;
  }
  yield* print("Compacting Flash...\n");
  yield* storage!.compact();
  yield* print("Calculating Size...\n");
  if (!(yield* saved.saveImage(image))) {
    yield* print("Not enough free space to save. Try require('Storage').eraseAll()\n");
    return;
  }
  yield* print(`Writing..\nCompressed ${whole} bytes to ${image.length}\n`);
}

function* reset(context: Context, print: Print, erase: boolean): Routine<void> {
  context.variables.clear();
  if (erase) {
    yield* print("Erasing saved code.");
    yield* context.saved.eraseAll();
    yield* print("\nDone!\n");
  }
  yield* print(`${banner(context.machine, context.firmware, context.build)}\n`);
}

function* reboot({ machine }: Context): Routine<never> {
  yield REBOOT_MS;
  machine.memory.write32(SOFTWARE_RESET, 0x80000000);
  for (;;) yield undefined;
}
