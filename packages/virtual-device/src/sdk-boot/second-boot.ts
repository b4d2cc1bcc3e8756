/** Espressif's second-stage boot loader: reads the flash map, picks a slot, loads the firmware there. @module */
import { crashLoop } from "../application/crash.js";
import { firmwareProgram } from "../application/firmware.js";
import { loadedFirmware } from "../application/loaded-firmware.js";
import { readU32 } from "../bytes.js";
import type { Program, Routine } from "../chip/cpu.js";
import type { Machine, ReadMode } from "../chip/machine.js";
import { hangUntilWatchdog, print } from "../rom/rom-boot.js";
import type { BootVersion } from "./boot-versions.js";
import { type FlashMap, flashMaps, speedNames } from "./flash-maps.js";
import { LoadFailure, loadUserImage } from "./user-image.js";

const modeNames: Readonly<Record<ReadMode, string>> = { 0: "QIO", 1: "QOUT", 2: "DIO", 3: "DOUT" };

/** Where user1 lies in every map. */
const USER1 = 0x1000;

/** Prints what it found, then loads user1 or user2 and jumps there. */
export function* secondBoot(machine: Machine, version: BootVersion): Program {
  const header = machine.flash.read(0, 4);
  const map = flashMaps[header[3]! >> 4];
  const isKnown = map !== undefined && header[3]! >> 4 <= version.lastMap;
  const refused = !isKnown && version.unknownMap === "refuse";
  const mapText = refused ? "flash map not support" : (isKnown ? map : flashMaps[0]!).text;
  yield* introduce(machine, version, header, mapText);
  if (refused) return yield* hangUntilWatchdog(machine);
  const slot = chooseSlot(machine, isKnown ? map : flashMaps[0]!);
  yield* print(machine, `jump to run user${slot.number} @ ${slot.offset.toString(16)}\r\n\r\n`);
  const image = loadUserImage(machine, slot.offset);
  if (image === LoadFailure.noFirmware) {
    yield* print(machine, "error magic!\r\n");
    return yield* hangUntilWatchdog(machine);
  }
  if (image === LoadFailure.damaged) return crashLoop(machine);
  return firmwareProgram(
    machine,
    loadedFirmware(machine, { slot: slot.number, offset: slot.offset, ...image }),
  );
}

function* introduce(machine: Machine, version: BootVersion, header: Uint8Array, map: string): Routine<void> {
  const { labels, name } = version;
  const mode = modeNames[(header[2]! & 3) as ReadMode];
  const speed = speedNames.get(header[3]! & 0xf) ?? "";
  yield* print(machine, `\r\n2nd boot version : ${name}\r\n`);
  yield* print(machine, `${labels.speed}${speed}\r\n${labels.mode}${mode}\r\n${labels.map}${map}\r\n`);
}

/**
 * The slot to run. The SDK keeps its choice in the last sector of the flash that the map describes; the layout of that
 * sector is not documented. This device takes its first byte: 1 means user2, all else, erased included, user1.
 * UNCERTAIN on silicon.
 */
function chooseSlot(machine: Machine, map: FlashMap): { number: 1 | 2; offset: number } {
  const flag = readU32(machine.flash.read(map.size - 0x1000, 4), 0) & 0xff;
  if (flag === 1 && map.user2 !== undefined) return { number: 2, offset: map.user2 };
  return { number: 1, offset: USER1 };
}
