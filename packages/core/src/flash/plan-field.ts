/**
 * One value of a plan that came from a file, with the path to it for the error.
 *
 * @module
 */
import { FlasherError } from "../errors.js";

/** What a field of a plan may have to be; the words that an error names. */
export const Expected = {
  object: "an object",
  list: "a list that is not longer than the flash has sectors",
  text: "a text of 1 to 4096 characters",
  flag: "true or false",
  integer: "a whole number within the flash",
  sha256: "64 digits of lower-case hex",
  md5: "32 digits of lower-case hex",
  mac: "six bytes in lower-case hex with colons",
  messageCode: "a code that this version knows",
  params: "texts, numbers, flags and lists of texts",
  flashSize: "whole sectors up to 256 MB",
  sectors: "whole sectors within the flash",
  region: "at least one byte within the flash",
  rising: "behind the write before it, which it must not overlap",
  erases: "all of the written region, from its first byte",
  imageApart: "apart from every other image",
  imageWritten: "in writes that name it, or in flash already",
  imageNamed: "exactly the images that lie in it",
  fillApart: "within what is erased, apart from images and other fills",
  fillKept: "within what is written, where it is kept",
  accounted: "fills for every erased byte that is in no image",
  erasesApart: "behind the erase before it, and within the flash",
  accountsWhole: "accounts for the whole flash, each sector once, by rising offset",
  fateWritten: "in a write",
  fateErased: "in an erase and in no write",
  fateUntouched: "in no erase and in no write",
} as const;
export type Expected = (typeof Expected)[keyof typeof Expected];

/** A 16 MB flash has as many sectors. */
const LONGEST_LIST = 4096;
const LONGEST_TEXT = 4096;

/** A value of unknown type and where it stands: `writes[0].region.offset`. */
export class PlanField {
  constructor(
    readonly value: unknown,
    readonly path: string,
  ) {}

  /** @throws FlasherError `plan-format`, always */
  refuse(expected: string): never {
    throw new FlasherError("plan-format", { path: this.path, expected });
  }

  /** The field of an object; inherited ones do not count. */
  field(name: string): PlanField {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) this.refuse(Expected.object);
    const own = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    return new PlanField(own, this.path === "" ? name : `${this.path}.${name}`);
  }

  /** What `read` makes of the field; `undefined` where it is absent. */
  optional<T>(read: (field: PlanField) => T): T | undefined {
    return this.value === undefined ? undefined : read(this);
  }

  /** Every item of a list, read. */
  list<T>(read: (item: PlanField, index: number) => T): T[] {
    const { value, path } = this;
    if (!Array.isArray(value) || value.length > LONGEST_LIST) this.refuse(Expected.list);
    return Array.from(value, (item, index) => read(new PlanField(item, `${path}[${index}]`), index));
  }

  text(): string {
    const { value } = this;
    if (typeof value === "string" && value.length > 0 && value.length <= LONGEST_TEXT) return value;
    return this.refuse(Expected.text);
  }

  textLike(pattern: RegExp, expected: Expected): string {
    const { value } = this;
    return typeof value === "string" && pattern.test(value) ? value : this.refuse(expected);
  }

  flag(): boolean {
    return typeof this.value === "boolean" ? this.value : this.refuse(Expected.flag);
  }

  integer(min: number, max: number): number {
    const { value } = this;
    if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
    return this.refuse(Expected.integer);
  }

  oneOf<T extends string | number>(...values: readonly T[]): T {
    const found = values.find((value) => value === this.value);
    return found ?? this.refuse(values.map((value) => JSON.stringify(value)).join(" or "));
  }
}
