/** Which of the firmware that this device can play lies in a slot. @module */
import type { Program } from "../chip/cpu.js";
import { ChipMode, type Machine } from "../chip/machine.js";
import { announcementAt } from "./announcement.js";
import { atFirmware } from "./at/at.js";
import { recogniseAt } from "./at/recognise.js";
import { crashLoop } from "./crash.js";
import { espruino } from "./espruino/espruino.js";
import { recogniseEspruino } from "./espruino/recognise.js";
import type { LoadedFirmware } from "./loaded-firmware.js";

/**
 * The program that plays what was loaded: an announcement, Espruino, Espressif's AT firmware; `undefined`, which is
 * silence, for anything else. A persona whose image is damaged runs into what is not its code.
 */
export function firmwareProgram(machine: Machine, firmware: LoadedFirmware): Program | undefined {
  machine.mode = ChipMode.application;
  const announcement = announcementAt(machine, firmware.entry);
  if (announcement !== undefined) return announcement;
  const build = recogniseEspruino(firmware.image);
  const at = build === undefined ? recogniseAt(firmware.image) : undefined;
  if (build === undefined && at === undefined) return undefined;
  if (!firmware.intact) return crashLoop(machine);
  return build === undefined ? atFirmware(machine, firmware, at!) : espruino(machine, firmware, build);
}
