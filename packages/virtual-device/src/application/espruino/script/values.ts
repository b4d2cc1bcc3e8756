/** What a script on the console can hold. @module */
import type { Routine } from "../../../chip/cpu.js";

/** A value. */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | NativeFunction
  | readonly Value[]
  | ValueObject;

/** An object; its order is the order of printing. */
export interface ValueObject {
  readonly [name: string]: Value;
}

/** A function of the firmware. What it does to the flash takes its time. */
export type NativeFunction = (...args: readonly Value[]) => Routine<Value>;

/** What a script has thrown, as the console prints it behind `Uncaught `. */
export class ScriptError extends Error {
  readonly kind: "Error" | "ReferenceError" | "SyntaxError" | "TypeError";

  constructor(kind: ScriptError["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** A function that takes no time. */
export function instant(run: (...args: readonly Value[]) => Value): NativeFunction {
  // biome-ignore lint/correctness/useYield: a function that takes no time is called as all others are
  return function* (...args) {
    return run(...args);
  };
}

/** Whether a value has names of its own: neither an array nor bytes. */
export function isObject(value: Value): value is ValueObject {
  return typeof value === "object" && value !== null && !isArray(value) && !(value instanceof Uint8Array);
}

export function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** A whole number, 0 for what is none. */
export function asInteger(value: Value): number {
  const number = typeof value === "boolean" || typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? Math.trunc(number) : 0;
}

/** The text of a value, as concatenation would make it. */
export function asText(value: Value): string {
  if (typeof value === "string") return value;
  if (isArray(value)) return value.map(asText).join(",");
  if (value instanceof Uint8Array) return value.join(",");
  if (typeof value === "function") return "function () { [native code] }";
  return isObject(value) ? "[object Object]" : String(value);
}

/** Bytes of text, of an array of numbers, or bytes themselves. */
export function asBytes(value: Value): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (isArray(value)) return Uint8Array.from(value, asInteger);
  return Uint8Array.from(asText(value), (character) => character.charCodeAt(0) & 0xff);
}
