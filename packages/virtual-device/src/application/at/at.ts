/**
 * Espressif's AT firmware, as far as flash goes: who it is, and a network that it keeps in the SDK's parameters.
 *
 * It joins no network, so `AT+CWJAP_DEF` stores what it was given and reports that no access point was found (3).
 *
 * @module
 */
import { textBytes } from "../../bytes.js";
import type { Program } from "../../chip/cpu.js";
import type { Machine } from "../../chip/machine.js";
import { hangUntilWatchdog } from "../../rom/rom-boot.js";
import type { LoadedFirmware } from "../loaded-firmware.js";
import { startSdk } from "../sdk/start.js";
import { SerialInput } from "../serial-input.js";
import { type AtContext, execute } from "./commands.js";
import type { AtBuild } from "./recognise.js";

const BAUD_RATE = 115_200;
const START_MS = 100;
const LONGEST_LINE = 256;

/** Starts the SDK, says that it is ready, and answers commands. */
export function* atFirmware(machine: Machine, firmware: LoadedFirmware, build: AtBuild): Program {
  const { mapSize } = firmware;
  if (!(yield* startSdk(machine, { mapSize, rfCal: mapSize - 0x5000 }))) {
    return yield* hangUntilWatchdog(machine);
  }
  machine.uart.divisor = Math.round(machine.uart.clockHz / BAUD_RATE);
  const input = new SerialInput(machine);
  machine.uart.receiver = input;
  yield START_MS;
  yield* machine.uart.transmit(textBytes("\r\nready\r\n"));
  return yield* listen({ machine, mapSize, build, echo: true }, input);
}

function* listen(context: AtContext, input: SerialInput): Program {
  let line = "";
  for (;;) {
    const byte = input.take();
    if (byte === undefined) {
      yield undefined;
      continue;
    }
    if (context.echo) yield* context.machine.uart.transmit(Uint8Array.of(byte));
    if (byte !== 0x0a) {
      if (line.length < LONGEST_LINE) line += String.fromCharCode(byte);
      continue;
    }
    const command = line.replace(/\r$/, "");
    line = "";
    if (command !== "") yield* execute(context, command);
  }
}
