/** What a language has to say, and what it may leave to English. @module */
import type { Translation } from "@flashwright/core/language";
import type { buttonEnglish } from "./button.js";
import type { english } from "./en.js";

/** The page's words in any language: the keys of English, and its parameters. */
export type Words = Widened<typeof english>;

/** The words of the button's dialog in any language. */
export type ButtonWords = Widened<typeof buttonEnglish>;

/** Words of another language; what is missing is said in English. */
export type SomeWords = Some<Words>;

/** A language other than English. */
export interface PageLanguage {
  /** In BCP 47 ("pt-BR"): numbers, times, plurals and lists are written as it has them. */
  readonly tag: string;
  readonly words: SomeWords;
  /** Of the button's dialog. */
  readonly button?: Some<ButtonWords>;
  /** Texts of core's catalogue, by code. */
  readonly messages: Translation;
}

type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends (...args: infer Args) => string
      ? (...args: Args) => string
      : T extends object
        ? { readonly [Key in keyof T]: Widened<T[Key]> }
        : T;

type Some<T> = T extends string | readonly unknown[] | ((...args: never) => string)
  ? T
  : { readonly [Key in keyof T]?: Some<T[Key]> };

/** The words of a language, and English where it has none. */
export function overEnglish<All = Words>(words: NoInfer<All>, own: Some<NoInfer<All>>): All {
  return laidOver(words, own) as All;
}

function laidOver(base: unknown, own: unknown): unknown {
  if (own === undefined) return base;
  if (!isGroup(base) || !isGroup(own)) return own;
  return Object.fromEntries(Object.entries(base).map(([key, value]) => [key, laidOver(value, own[key])]));
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
