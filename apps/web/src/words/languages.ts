/** The languages that there are beside English, each loaded when it is spoken. @module */
import type { PageLanguage } from "./shape.js";

/** By tag. A new language is a file like `pseudo.ts` and a line here. */
export const languages: Readonly<Record<string, () => Promise<PageLanguage>>> = {
  // Nobody's: it shows which texts are not in the catalogue, and what longer ones do to the page.
  "qps-ploc": async () => (await import("./pseudo.js")).pseudo,
};

/** What English is called. */
export const ENGLISH = "en";

/**
 * The language to speak: the one that the address asks for (`?lang=pl`), else the first that somebody reads and we have.
 * @param read tags in BCP 47, the preferred one first
 */
export function chooseLanguage(search: string, read: readonly string[]): string {
  const asked = new URLSearchParams(search).get("lang");
  const known = [...(asked === null ? [] : [asked]), ...read].map(knownAs);
  return known.find((tag) => tag !== undefined) ?? ENGLISH;
}

/** `de-AT` is `de` where there is no Austrian German. */
function knownAs(tag: string): string | undefined {
  const [base] = tag.split("-");
  return [tag, base!].find((name) => name === ENGLISH || Object.hasOwn(languages, name));
}
