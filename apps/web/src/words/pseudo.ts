/**
 * A language that nobody speaks, made of English: every letter with an accent, every vowel twice, brackets around each text.
 * What is shown without an accent is not in the catalogue, or is data.
 *
 * @module
 */
import type { Translation } from "@flashwright/core/language";
import { englishMessages, type MessageTemplate, parameterPattern } from "@flashwright/core/messages";
import { buttonEnglish } from "./button.js";
import { english } from "./en.js";
import type { PageLanguage, SomeWords } from "./shape.js";

const PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED = "áƀçďéƒĝĥíĵķļɱñóþɋŕšţúṽŵẋýžÁƁÇĎÉƑĜĤÍĴĶĻṀÑÓÞɊŔŠŢÚṼŴẊÝŽ";
const VOWEL = /[aeiouAEIOU]/;

/** Commands between backquotes, which are the same in every language, and parameters. */
const KEPT = new RegExp(`(\`[^\`]*\`|${parameterPattern.source.replaceAll(/\((?!\?)/g, "(?:")})`);

/** The language. Greek letters in lists and times show that these follow it too. */
export const pseudo: PageLanguage = {
  tag: "el",
  words: accentedWords(english) as SomeWords,
  button: accentedWords(buttonEnglish) as NonNullable<PageLanguage["button"]>,
  messages: Object.fromEntries(
    Object.entries<MessageTemplate>(englishMessages).map(([code, template]) => [
      code,
      accentedTexts(template),
    ]),
  ) as Translation,
};

/** A text in it: `⟦Ŵŕíítéé⟧`. */
export function accented(text: string, kept: RegExp = KEPT): string {
  const parts = text.split(kept).map((part, index) => (index % 2 === 1 ? keptPart(part) : withAccents(part)));
  return `⟦${parts.join("")}⟧`;
}

function accentedTexts(template: MessageTemplate): MessageTemplate {
  const texts = Object.entries(template) as [keyof MessageTemplate, string][];
  return Object.fromEntries(
    texts.map(([field, text]) => [field, accented(text)]),
  ) as unknown as MessageTemplate;
}

function accentedWords(words: unknown): unknown {
  if (typeof words === "string") return accented(words);
  if (typeof words === "function") return (...args: readonly unknown[]) => around(words(...args), args);
  if (Array.isArray(words)) return words.map(accentedWords);
  if (typeof words !== "object" || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, accentedWords(value)]));
}

/** What was put into a text stays as it is. */
function around(text: string, args: readonly unknown[]): string {
  const quoted = args.map((arg) => String(arg).replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return accented(text, new RegExp(`(${["`[^`]*`", ...quoted.filter((arg) => arg !== "")].join("|")})`));
}

/** The words of plurals are words. */
function keptPart(part: string): string {
  return part.replaceAll(/(?<=\|\w+:)[^|{}]+/g, withAccents);
}

function withAccents(text: string): string {
  return Array.from(text, (letter) => {
    const place = PLAIN.indexOf(letter);
    const changed = place < 0 ? letter : ACCENTED[place]!;
    return VOWEL.test(letter) ? changed + changed.toLowerCase() : changed;
  }).join("");
}
