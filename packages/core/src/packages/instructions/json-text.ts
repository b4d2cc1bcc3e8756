/**
 * JSON of unknown origin: its position when it is none, and the path to a field that is not what it has to be.
 *
 * @module
 */
import { FlasherError } from "../../errors.js";
import { jsonErrorOffset } from "./json-error.js";

/** @throws FlasherError `json-invalid` with the offset, in characters, at which it stops to be JSON */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Whoever reads `cause` sees the engine's own words, which differ from one to the next.
    throw new FlasherError("json-invalid", { name, offset: jsonErrorOffset(text) }, { cause: error });
  }
}

/** A value in JSON and the path to it: `builds[0].parts`. */
export class JsonField {
  constructor(
    readonly value: unknown,
    readonly path: string,
    readonly name: string,
  ) {}

  /** @throws FlasherError `json-field`, always */
  refuse(expected: string): never {
    throw new FlasherError("json-field", { name: this.name, path: this.path, expected });
  }

  /** A field of its own, not an inherited one; its value is `undefined` where it is missing. */
  field(key: string): JsonField {
    const { value } = this;
    const own = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    return new JsonField(own, this.path === "" ? key : `${this.path}.${key}`, this.name);
  }

  get isMissing(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** @param longest more items than this are refused */
  list(longest: number): JsonField[] {
    const { value, path } = this;
    if (!Array.isArray(value) || value.length > longest) this.refuse(`a list of at most ${longest}`);
    return value.map((item, index) => new JsonField(item, `${path}[${index}]`, this.name));
  }

  /** @param longest more fields than this are refused */
  entries(longest: number): (readonly [string, JsonField])[] {
    const { value } = this;
    if (!isObject(value)) this.refuse("an object");
    const keys = Object.keys(value);
    if (keys.length > longest) this.refuse(`an object of at most ${longest} fields`);
    return keys.map((key) => [key, this.field(key)]);
  }

  text(): string {
    const { value } = this;
    return typeof value === "string" && value !== "" && value.length <= 4096
      ? value
      : this.refuse("a text of 1 to 4096 characters");
  }

  optionalText(): string | undefined {
    return this.isMissing ? undefined : this.text();
  }
}

/** Whether a value is an object, and neither a list nor null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
