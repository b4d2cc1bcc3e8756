/** `process`. @module */
import type { Context } from "../context.js";
import { stationMac } from "../mac.js";
import { instant, type ValueObject } from "../script/values.js";

const RAM = 80 * 1024;

/** JavaScript variables of a build, by which `process.memory()` tells the two apart. */
export function variableCount({ build: { board, release } }: Context): number {
  if (board === "ESP8266_4MB") return 1600;
  if (release < 185) return 1023;
  return release < 186 ? 1400 : 1700;
}

/** `process`. */
export function processLibrary(context: Context): ValueObject {
  return {
    version: context.build.version,
    env: environment(context),
    memory: instant(() => memory(context)),
  };
}

/** Fields of the era. What the image does not tell (dates, addresses of native functions) is left out. */
function environment({ machine, build, storage }: Context): ValueObject {
  const { release, board, version, gitCommit, modules } = build;
  const mac = stationMac(machine);
  const isOld = release < 196;
  return {
    VERSION: version,
    ...(gitCommit === undefined ? {} : { GIT_COMMIT: gitCommit }),
    BOARD: board,
    ...(isOld ? { CHIP: "ESP8266", CHIP_FAMILY: "ESP8266" } : {}),
    FLASH: 0,
    ...(release < 205 || storage === undefined ? {} : { STORAGE: storage.size }),
    RAM,
    SERIAL: `${mac.slice(0, 8)}-${mac.slice(8)}`,
    CONSOLE: "Serial1",
    ...(isOld || modules === undefined ? {} : { MODULES: modules }),
  };
}

/** What a board without a program shows, about: there is no interpreter here that would use variables. */
function memory(context: Context): ValueObject {
  const total = variableCount(context);
  const usage = 20 + 2 * context.variables.size;
  return { free: total - usage, usage, total, history: 0 };
}
