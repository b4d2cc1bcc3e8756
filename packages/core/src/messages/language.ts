/**
 * The language that texts are made in.
 *
 * It is one for the whole program, since a failure has its words from the moment it is made, wherever that is. It is set
 * once, before anything else is done; what was made earlier keeps its words. Codes and parameters know no language.
 *
 * @module
 */
import type { MessageCode } from "./english.js";
import type { MessageTemplate } from "./template.js";

/** Texts of another language by code. What is missing is said in English. */
export type Translation = { readonly [Code in MessageCode]?: Readonly<MessageTemplate> };

/** A language other than English. */
export interface Language {
  /** Its tag in BCP 47 ("pt-BR"), by which lists are joined and plurals chosen. */
  readonly tag: string;
  readonly messages: Translation;
}

/** English, as it joins lists without a comma before "and". */
const ENGLISH: Language = { tag: "en-GB", messages: {} };

let spoken = ENGLISH;
let plurals: Intl.PluralRules | undefined;

/** Makes all texts from now on in this language; `undefined` is English. */
export function setLanguage(language: Language | undefined): void {
  spoken = language ?? ENGLISH;
  plurals = undefined;
}

/** What the present language has for a code. */
export function translated(code: MessageCode): MessageTemplate | undefined {
  return spoken.messages[code];
}

/** `a, b and c`, or `a, b or c`, as the language has it. */
export function joinList(items: readonly string[], type: "conjunction" | "disjunction"): string {
  return new Intl.ListFormat(spoken.tag, { type }).format(items);
}

/** Which of the language's plurals goes with a number: "one", "other" and what else it has. */
export function pluralOf(count: number): Intl.LDMLPluralRule {
  plurals ??= new Intl.PluralRules(spoken.tag);
  return plurals.select(count);
}
