/**
 * All firmware whose layout is known. A new one is a data file beside this one and a line here.
 *
 * @module
 */
import type { FirmwareId } from "../firmware-id.js";
import { arduino, arduinoOfAnyScript } from "./arduino.js";
import { at, atWithoutBoot } from "./at.js";
import type { FirmwareDefinition } from "./definition.js";
import { esphome } from "./esphome.js";
import { espruino4mb } from "./espruino-4mb.js";
import { espruinoBoard } from "./espruino-board.js";
import { micropython, micropythonSmall } from "./micropython.js";
import { nodemcu } from "./nodemcu.js";
import { nonos, nonosWithoutBoot } from "./nonos.js";
import { rboot } from "./rboot.js";
import { rtos } from "./rtos.js";
import { tasmota } from "./tasmota.js";

/** Definitions; of a family, those for named builds before the one for any build. */
export const firmwareDefinitions: readonly FirmwareDefinition[] = [
  espruinoBoard,
  espruino4mb,
  atWithoutBoot,
  at,
  nonosWithoutBoot,
  nonos,
  arduino,
  arduinoOfAnyScript,
  tasmota,
  esphome,
  nodemcu,
  micropythonSmall,
  micropython,
  rboot,
  rtos,
];

/** The definition that describes this firmware; `undefined` where its family or build has none. */
export function definitionOf({ family, build }: FirmwareId): FirmwareDefinition | undefined {
  return firmwareDefinitions.find(
    (definition) =>
      definition.family === family &&
      (definition.anyBuild === true || definition.builds.some(({ name }) => name === build)),
  );
}
