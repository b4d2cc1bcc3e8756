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

/**
 * The firmware with the build that its image was linked for, where images of several builds call themselves alike: Espruino's
 * builds of 1 MB and 2 MB bear the name of the 4 MB one. The same firmware in every other case.
 * @param linkedMap map code in the header inside the image
 */
export function withLinkedBuild(firmware: FirmwareId, linkedMap: number | undefined): FirmwareId {
  const builds = definitionOf(firmware)?.builds ?? [];
  const named = builds.find(({ name }) => name === firmware.build);
  if (linkedMap === undefined || named === undefined || named.linkedMap === linkedMap) return firmware;
  const linked = builds.filter((build) => build.linkedMap === linkedMap);
  return linked.length === 1 ? { ...firmware, build: linked[0].name } : firmware;
}
