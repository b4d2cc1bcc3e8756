/** `require("Flash").getFree()`, which is a list of constants by release and map. @module */
import type { Area } from "./places.js";
import type { EspruinoBuild } from "./recognise.js";

const area = (offset: number, size: number): Area => ({ offset, size });

/** Of a map 1024+1024, without the last one. */
const upperBlocks = [
  area(0x200000, 0x100000),
  area(0x300000, 0x40000),
  area(0x340000, 0x40000),
  area(0x380000, 0x40000),
];

/** What the firmware lists, right or wrong: in 1v95 to 1v97 the last block under map 6 covers the SDK's sectors. */
export function freeFlash(build: EspruinoBuild, mapCode: number): readonly Area[] {
  if (build.release >= 198) return sinceStorage(build, mapCode);
  if (mapCode === 6 && build.release >= 192) {
    return [...upperBlocks, area(0x3c0000, build.release < 195 ? 0x2b000 : 0x40000)];
  }
  return [area(0x77000, 0x1000), ...upTo1v97(build, mapCode)];
}

function upTo1v97({ release }: EspruinoBuild, mapCode: number): readonly Area[] {
  const behindSlots = area(0xf7000, mapCode === 2 ? 0x5000 : 0x9000);
  switch (mapCode) {
    case 2:
      return [area(0x80000, 0x1000), behindSlots];
    case 3:
    case 5:
      return [area(0x80000, 0x1000), behindSlots, ...(release < 186 ? [] : [area(0x100000, 0xfc000)])];
    case 4:
    case 6:
      return [area(0x80000, 0x1000), behindSlots, ...(release < 186 ? [] : [area(0x100000, 0x2fc000)])];
    default:
      return [];
  }
}

function sinceStorage({ board, release }: EspruinoBuild, mapCode: number): readonly Area[] {
  switch (mapCode) {
    case 2:
      if (board === "ESP8266_4MB" && release >= 205) return [];
      return [area(0x80000, 0x1000), area(0xf7000, 0x5000)];
    case 3:
    case 5:
      return [area(0x80000, 0x1000), area(0xf7000, 0x9000), area(0x100000, 0xfb000)];
    case 4:
      return [area(0x80000, 0x1000), area(0xf7000, 0x9000), area(0x100000, 0x2fb000)];
    case 6:
      return [...upperBlocks, area(0x3c0000, 0x3b000)];
    default:
      return [];
  }
}
