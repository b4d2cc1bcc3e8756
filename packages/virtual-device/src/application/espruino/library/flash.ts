/** `require("Flash")`. @module */
import type { Context } from "../context.js";
import { freeFlash } from "../free-flash.js";
import { asBytes, asInteger, instant, ScriptError, type ValueObject } from "../script/values.js";

const PAGE = 0x1000;
/** Bytes that a script can hold at once. */
const LONGEST_READ = 0x4000;

/** `require("Flash")`. Nothing here asks to whom a page belongs. */
export function flashLibrary(context: Context): ValueObject {
  const { flash } = context;
  return {
    getFree: instant(() => freeAreas(context)),
    getPage: instant((address) => pageAt(flash.size, asInteger(address))),
    read: instant((length, address) => {
      const count = asInteger(length);
      if (count < 0 || count > LONGEST_READ)
        throw new ScriptError("Error", "Not enough memory for this amount of data");
      return flash.read(asInteger(address) >>> 0, count);
    }),
    *write(data, address) {
      const bytes = asBytes(data);
      const at = asInteger(address) >>> 0;
      if (at % 4 !== 0 || bytes.length % 4 !== 0) {
        throw new ScriptError("Error", "Data and address must be multiples of 4");
      }
      if (at < flash.size) yield* flash.write(at, bytes);
      return undefined;
    },
    *erasePage(address) {
      yield* flash.erase(asInteger(address) >>> 0);
      return undefined;
    },
  };
}

/** Areas as objects, for `getFree` and `getFreeFlash`. */
export function freeAreas({ build, firmware }: Context): readonly ValueObject[] {
  return freeFlash(build, firmware.mapCode).map(({ offset, size }) => ({ addr: offset, length: size }));
}

function pageAt(size: number, address: number): ValueObject | undefined {
  return address >= 0 && address < size ? { addr: address - (address % PAGE), length: PAGE } : undefined;
}
