/** What is wrong with a translation, for a test of it. @module */
import { catalogue } from "./english.js";
import type { Translation } from "./language.js";
import { PARAMETER } from "./placeholder.js";
import type { MessageTemplate } from "./template.js";

const FIELDS = ["title", "message", "hint"] as const;

/**
 * One line for each flaw, by code: a code, a title or a hint that English does not have, one that is missing though English
 * has it, and a parameter that English names and the translation does not, or the other way round. Empty where all is well.
 */
export function translationFlaws(messages: Translation): string[] {
  const english: Readonly<Record<string, MessageTemplate>> = catalogue;
  return Object.entries(messages).flatMap(([code, template]) => {
    const original = english[code];
    if (original === undefined) return [`${code}: there is no such text`];
    return FIELDS.flatMap((field) =>
      flawsOf(original[field], template[field]).map((flaw) => `${code}, ${field}: ${flaw}`),
    );
  });
}

function flawsOf(original: string | undefined, translation: string | undefined): string[] {
  if (original === undefined) return translation === undefined ? [] : ["English has none"];
  if (translation === undefined) return ["is missing"];
  const [wanted, named] = [parametersOf(original), parametersOf(translation)];
  return [
    ...[...wanted].filter((name) => !named.has(name)).map((name) => `does not name ${name}`),
    ...[...named].filter((name) => !wanted.has(name)).map((name) => `names ${name}, which English does not`),
  ];
}

/** With their units; which plurals there are is the language's own matter. */
function parametersOf(text: string): Set<string> {
  const found = [...text.matchAll(PARAMETER)];
  return new Set(found.filter(([, , , plurals]) => plurals === undefined).map(([whole]) => whole));
}
