/** What Espruino says of the flash map in the header and of the chip. @module */
import type { Machine } from "../../chip/machine.js";
import type { EspruinoBuild } from "./recognise.js";

interface MapText {
  readonly name: string;
  readonly kilobytes: number;
}

/**
 * By map code. The firmware's tables end with code 6 and are read past their end: for 9 a board was seen to print
 * "exception", which is a word of the next table; the words of 7 and 8 are taken from the same table, and no size is known.
 * UNCERTAIN on silicon.
 */
const maps: readonly MapText[] = [
  { name: "512KB:256/256", kilobytes: 512 },
  { name: "256KB", kilobytes: 256 },
  { name: "1MB:512/512", kilobytes: 1024 },
  { name: "2MB:512/512", kilobytes: 2048 },
  { name: "4MB:512/512", kilobytes: 4096 },
  { name: "2MB:1024/1024", kilobytes: 2048 },
  { name: "4MB:1024/1024", kilobytes: 4096 },
  { name: "power on", kilobytes: 0 },
  { name: "wdt reset", kilobytes: 0 },
  { name: "exception", kilobytes: 0 },
];

/** The name of the map as banner and `getState().flashMap` give it. A build for 1 MB and more calls the map of 1 MB whole. */
export function mapName({ board, release }: EspruinoBuild, mapCode: number): string {
  if (mapCode === 2 && board === "ESP8266_4MB" && release >= 205) return "1MB:1024";
  return maps[mapCode]?.name ?? "";
}

/** `getState().flashKB`. */
export function mapKilobytes(mapCode: number): number {
  return maps[mapCode]?.kilobytes ?? 0;
}

/** Manufacturer and device of the flash, as in `manuf 0xe0 chip 0x4016`. */
export function chipId(machine: Machine): { readonly manufacturer: string; readonly device: string } {
  const [manufacturer, type, capacity] = machine.flash.spec.jedecId;
  return {
    manufacturer: `0x${manufacturer.toString(16)}`,
    device: `0x${((type << 8) | capacity).toString(16)}`,
  };
}

/** Whether the banner warns: only chips with device 0x4013 and 0x4016 are compared with the map. */
export function warnsOfMap(machine: Machine, { release }: EspruinoBuild, mapCode: number): boolean {
  const { device } = chipId(machine);
  if (device === "0x4013") return mapCode !== 0;
  return device === "0x4016" && mapCode !== 4 && !(mapCode === 6 && release >= 192);
}
