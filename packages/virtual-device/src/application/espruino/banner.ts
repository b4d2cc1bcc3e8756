/** The text that Espruino greets with. @module */
import type { Machine } from "../../chip/machine.js";
import type { LoadedFirmware } from "../loaded-firmware.js";
import { chipId, mapName, warnsOfMap } from "./map-text.js";
import type { EspruinoBuild } from "./recognise.js";

const STOP_WRAPPING = "\x1b[?7l";

const wideLogo = [
  " _____                 _ ",
  "|   __|___ ___ ___ _ _|_|___ ___ ",
  "|   __|_ -| . |  _| | | |   | . |",
  "|_____|___|  _|_| |___|_|_|_|___|",
  "          |_| http://espruino.com",
];

const narrowLogo = [
  " ____                 _ ",
  "|  __|___ ___ ___ _ _|_|___ ___ ",
  "|  __|_ -| . |  _| | | |   | . |",
  "|____|___|  _|_| |___|_|_|_|___|",
  "         |_| espruino.com",
];

const appeal = [
  "",
  "Espruino is Open Source. Our work is supported",
  "only by sales of official boards and donations:",
  "http://espruino.com/Donate",
];

/**
 * The banner, `\n` at its line ends: the image's own where it holds one, else put together from the line with its version;
 * then map, chip, and the warning where they are known not to fit.
 */
export function banner(machine: Machine, firmware: LoadedFirmware, build: EspruinoBuild): string {
  const { manufacturer, device } = chipId(machine);
  const name = mapName(build, firmware.mapCode);
  const lines = [`Flash map ${name}, manuf ${manufacturer} chip ${device}`];
  if (warnsOfMap(machine, build, firmware.mapCode)) {
    lines.push("WARNING: *** Your flash chip does not match your flash map ***");
  }
  return `${build.banner ?? composed(build)}${lines.join("\n")}\n`;
}

function composed({ copyright, hasWideLogo, release }: EspruinoBuild): string {
  const logo = hasWideLogo ? wideLogo : narrowLogo;
  const lines = [STOP_WRAPPING, ...logo, copyright, ...(release >= 185 ? appeal : [])];
  return `${lines.join("\n")}\n`;
}
