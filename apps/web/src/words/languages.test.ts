import { FlasherError } from "@flashwright/core";
import { translationFlaws } from "@flashwright/core/messages";
import { afterEach, describe, expect, it } from "vitest";
import { decimal, duration } from "./amounts.js";
import { buttonEnglish } from "./button.js";
import { buttonWords, speakInDialog } from "./button-words.js";
import { english } from "./en.js";
import { chooseLanguage, languages } from "./languages.js";
import { overEnglish } from "./shape.js";
import { languageTag, speak, words } from "./words.js";

afterEach(() => speak("en"));

describe("the language of the page", () => {
  it("is the one that the address asks for, else the first that is read and known, else English", () => {
    expect([
      chooseLanguage("?lang=qps-ploc", ["en-GB"]),
      chooseLanguage("?lang=tlh", ["qps-ploc-x-long", "en"]),
      chooseLanguage("?lang=constructor", ["en-AU", "qps-ploc"]),
      chooseLanguage("", ["qps-ploc", "en"]),
      chooseLanguage("", ["xx"]),
      chooseLanguage("", []),
    ]).toEqual(["qps-ploc", "en", "en", "qps-ploc", "en", "en"]);
  });

  it("is that of the page's words, of core's texts, of numbers and of times", async () => {
    await speak("qps-ploc");
    expect([languageTag, words.plan.go, words.plan.loses("boot.bin")]).toEqual([
      "el",
      "⟦Ƒļáášĥ⟧",
      "⟦Ţĥííš ļóóšééš boot.bin.⟧",
    ]);
    const { message, hint } = new FlasherError("several-ports", { ports: ["A", "B", "C"] });
    expect([message, hint]).toEqual([
      "⟦Ţĥééŕéé ááŕéé šééṽééŕááļ þóóŕţš: A, B και C.⟧",
      "⟦Ñááɱéé óóñéé ŵííţĥ `--port`.⟧",
    ]);
    expect([decimal(26.14, 1), duration(125)]).toEqual(["26,1", "2 λ. 5 δευτ."]);
  });

  it("is English again, and where there is no such language", async () => {
    await speak("qps-ploc");
    await speak("xx");
    expect([words, languageTag, decimal(26.14, 1), duration(125), duration(0.2)]).toEqual([
      english,
      "en",
      "26.1",
      "2 min 5 sec",
      "1 sec",
    ]);
    expect(new FlasherError("port-lost", { label: "COM3" }).message).toBe(
      "COM3 disappeared while it was in use.",
    );
  });

  it("is English where a language has no words of its own", () => {
    const some = overEnglish(english, { plan: { go: "Schreiben" } });
    expect([some.plan, some.map]).toEqual([{ ...english.plan, go: "Schreiben" }, english.map]);
  });
});

describe("the language of the button's dialog", () => {
  it("is that of its own words", async () => {
    await speakInDialog("qps-ploc");
    expect([buttonWords.close, buttonWords.install("WLED")]).toEqual(["⟦Çļóóšéé⟧", "⟦Ííñšţááļļ WLED⟧"]);
    await speakInDialog("xx");
    expect(buttonWords).toEqual(buttonEnglish);
  });
});

describe("every language", () => {
  it.each(Object.keys(languages))(
    "%s names the parameters that English names, and no text that there is not",
    async (tag) => {
      const { messages, words: own, button = {} } = await languages[tag]!();
      expect(translationFlaws(messages)).toEqual([]);
      expect(unknownKeys(own, english)).toEqual([]);
      expect(unknownKeys(button, buttonEnglish)).toEqual([]);
      expect(Intl.getCanonicalLocales(tag)).toHaveLength(1);
    },
  );
});

/** Paths of words that English does not have. */
function unknownKeys(own: object, known: object): string[] {
  return Object.entries(own).flatMap(([key, value]) => {
    const original: unknown = (known as Readonly<Record<string, unknown>>)[key];
    if (original === undefined) return [key];
    if (typeof value !== "object" || Array.isArray(value)) return [];
    return unknownKeys(value, original as object).map((path) => `${key}.${path}`);
  });
}
