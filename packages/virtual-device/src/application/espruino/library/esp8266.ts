/** `require("ESP8266")`. @module */
import type { Context } from "../context.js";
import { chipId, mapKilobytes, mapName } from "../map-text.js";
import { instant, type ValueObject } from "../script/values.js";
import { freeAreas } from "./flash.js";
import { variableCount } from "./process.js";

const BYTES_PER_VARIABLE = 16;
const RAM = 80 * 1024;

/** `require("ESP8266")`, also there as the global `ESP8266`. */
export function esp8266Library(context: Context): ValueObject {
  return {
    getState: instant(() => state(context)),
    getFreeFlash: instant(() => freeAreas(context)),
    reboot: instant(() => {
      context.idleWork = "reboot";
      return undefined;
    }),
  };
}

function state(context: Context): ValueObject {
  const { machine, firmware, build } = context;
  const { manufacturer, device } = chipId(machine);
  return {
    sdkVersion: build.sdkVersion ?? "",
    cpuFrequency: 160,
    // What the variables leave, without what the SDK takes.
    freeHeap: RAM - BYTES_PER_VARIABLE * variableCount(context),
    maxCon: 10,
    flashMap: mapName(build, firmware.mapCode),
    flashKB: mapKilobytes(firmware.mapCode),
    flashChip: `${manufacturer} ${device}`,
  };
}
