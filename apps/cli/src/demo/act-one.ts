/** The first act: a warning at every start, and what it is worth. @module */
import type { ImageInput } from "@flashwright/core";
import type { Stage } from "./stage.js";

/** Firmware for the act: Espruino's build for 512 KB, with the places that its instructions for 512 KB name. */
export interface ActOneFirmware {
  /** One sentence on where the bytes come from. */
  readonly origin: string;
  readonly images: readonly ImageInput[];
}

const BANNER = "reset()";
const STORED = 'require("Storage").read("hello.js")';
const NETWORK = 'require("Wifi").getDetails().ssid';

/** Erased, flashed with the wrong map, in use, examined, put right, and still in use. */
export async function actOne(stage: Stage, { origin, images }: ActOneFirmware): Promise<void> {
  for (const { name, bytes } of images) await stage.lay({ name, bytes });
  await stage.tell(
    "Somebody erased an ESP-12F, a module with 4 MB of flash, with another tool. Now Espruino is written as its " +
      `instructions for 512 KB say; any flasher would do the same. ${origin}`,
  );
  await stage.run("flash", "--flash-size", "512KB", ...pairs(images));
  await stage.tell(
    "It runs. At its console somebody keeps a file and a network on it, in spite of the warning.",
  );
  await stage.type(
    BANNER,
    'require("Storage").write("hello.js", "print(42)")',
    'require("Wifi").connect("garden", {password:"tomatoes"})',
    'require("Wifi").save()',
  );
  await stage.tell("What does the warning mean? Is something lost? The doctor looks, and changes nothing.");
  const { proposed } = await stage.run("doctor");
  await stage.tell("Harmless, then; but the warning can go. The doctor's own command does it.");
  await stage.run(...(proposed ?? []));
  await stage.tell("No warning any more, and everything is still there. save() and a restart work.");
  await stage.type(BANNER, STORED, NETWORK, "answer = 42", "save()", "E.reboot()", "answer");
  await stage.tell("And this is what lies where on the chip now.");
  await stage.run("map");
}

function pairs(images: readonly ImageInput[]): string[] {
  return images.flatMap(({ offset, name }) => [`0x${offset.toString(16).toUpperCase()}`, name]);
}
