/**
 * The page's words in the language that is spoken. It is chosen once, before anything is shown or asked of the engine, in the
 * page and in its worker alike; so whoever uses words reads them when they are needed and keeps none at the top of a module.
 *
 * @module
 */
import { setLanguage } from "@flashwright/core/language";
import { english } from "./en.js";
import { ENGLISH, languages } from "./languages.js";
import { overEnglish, type Words } from "./shape.js";

/** The words; English until a language is spoken. */
export let words: Words = english;

/** The tag of the language that is spoken, by which `Intl` writes numbers and times. */
export let languageTag = ENGLISH;

/** Speaks a language from now on, the texts of core's catalogue included. @param tag one of `languages`, or `en` */
export async function speak(tag: string): Promise<void> {
  // A page in English is better than none.
  const language = await languages[tag]?.().catch(() => undefined);
  words = language === undefined ? english : overEnglish(english, language.words);
  languageTag = language?.tag ?? ENGLISH;
  setLanguage(language);
}
