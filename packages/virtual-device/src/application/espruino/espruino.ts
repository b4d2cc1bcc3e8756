/**
 * Espruino, as far as the flash map goes: what it writes to flash when it starts, what it says of map and chip, and a
 * console on which the statements that read and write flash can be typed. It is not a JavaScript interpreter.
 *
 * @module
 */
import { textBytes } from "../../bytes.js";
import type { Program, Routine } from "../../chip/cpu.js";
import type { Machine } from "../../chip/machine.js";
import { hangUntilWatchdog } from "../../rom/rom-boot.js";
import type { LoadedFirmware } from "../loaded-firmware.js";
import { startSdk } from "../sdk/start.js";
import { banner } from "./banner.js";
import { EspruinoConsole } from "./console/console.js";
import { type Context, makeContext } from "./context.js";
import { load, type Print } from "./idle-work.js";
import { rfCalSector } from "./places.js";
import type { EspruinoBuild } from "./recognise.js";

const BAUD_RATE = 115_200;
/** Milliseconds from the application's first code to its first words, about. */
const START_MS = 100;

/** Starts the SDK, then Espruino, and listens. */
export function* espruino(machine: Machine, firmware: LoadedFirmware, build: EspruinoBuild): Program {
  const rfCal = rfCalSector(build, firmware.mapCode);
  const started = yield* startSdk(machine, { mapSize: firmware.mapSize, rfCal });
  if (!started) return yield* hangUntilWatchdog(machine);
  machine.uart.divisor = Math.round(machine.uart.clockHz / BAUD_RATE);
  const context = makeContext(machine, firmware, build);
  const print = printer(machine);
  const console = new EspruinoConsole(context, print);
  machine.uart.receiver = console.input;
  yield START_MS;
  yield* start(context, print);
  return yield* console.listen();
}

function* start(context: Context, print: Print): Routine<void> {
  const { machine, firmware, build, storage, wifi } = context;
  if (storage !== undefined && build.release >= 205 && !storage.isSound()) {
    yield* print("Storage is corrupt.\nErasing Storage Area...\n");
    yield* storage.eraseAll();
    yield* print("Erase complete.\n");
  }
  yield* wifi.restore();
  const hasLoaded = yield* load(context, print);
  if (!hasLoaded) yield* print(`${banner(machine, firmware, build)}\n`);
}

/** Prints at the console's rate, with CR before each LF. */
function printer(machine: Machine): Print {
  return function* (text) {
    yield* machine.uart.transmit(textBytes(text.replaceAll("\n", "\r\n")));
  };
}
