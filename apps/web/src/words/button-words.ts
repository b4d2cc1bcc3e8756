/** The words of the dialog of `<flashwright-button>` in the language that is spoken; see `words.ts`. @module */
import { buttonEnglish } from "./button.js";
import { languages } from "./languages.js";
import { type ButtonWords, overEnglish } from "./shape.js";

/** The words; English until a language is spoken. */
export let buttonWords: ButtonWords = buttonEnglish;

/** Speaks a language from now on. @param tag one of `languages`, or `en` */
export async function speakInDialog(tag: string): Promise<void> {
  // A dialog in English is better than none.
  const language = await languages[tag]?.().catch(() => undefined);
  buttonWords = overEnglish<ButtonWords>(buttonEnglish, language?.button ?? {});
}
