import { afterEach, describe, expect, it } from "vitest";
import { FlasherError } from "../errors.js";
import { firmwareName } from "../maps/names.js";
import { formatSize, describe as words } from "./catalogue.js";
import { type Language, setLanguage } from "./language.js";
import { translationFlaws } from "./translation-flaws.js";

/** A few texts in a language with more plurals than English. */
const polish: Language = {
  tag: "pl",
  messages: {
    "port-lost": { message: "{label} zniknął.", hint: "Podłącz płytkę." },
    "no-usb-port": { message: "Nie ma portu." },
    "several-ports": { message: "Porty: {ports:list}.", hint: "Wybierz jeden." },
    "size-bytes": { message: "{count} {count|one:bajt|few:bajty|many:bajtów|other:bajta}" },
    "name-with-build": { message: "{firmware}, kompilacja {build}" },
  },
};

afterEach(() => setLanguage(undefined));

describe("texts in another language", () => {
  it("are a failure's words from the moment it is made; its code and parameters stay", () => {
    const before = new FlasherError("port-lost", { label: "COM3" });
    setLanguage(polish);
    const error = new FlasherError("port-lost", { label: "COM3" });
    expect([error.code, error.params, error.message, error.hint]).toEqual([
      "port-lost",
      { label: "COM3" },
      "COM3 zniknął.",
      "Podłącz płytkę.",
    ]);
    expect(before.message).toBe("COM3 disappeared while it was in use.");
    expect(FlasherError.fromJSON(before.toJSON()).message).toBe("COM3 zniknął.");
  });

  it("are English where the language has none, also for a hint alone", () => {
    setLanguage(polish);
    expect(words("file-empty", { name: "a.bin" })).toEqual({
      message: "a.bin is empty.",
      hint: "Download or build the file again.",
    });
    expect(words("no-usb-port", {}).hint).toMatch(/^Plug the board in/);
  });

  it("join lists and choose plurals as the language does", () => {
    setLanguage(polish);
    expect(words("several-ports", { ports: ["A", "B", "C"] }).message).toBe("Porty: A, B i C.");
    expect([1, 2, 5].map(formatSize)).toEqual(["1 bajt", "2 bajty", "5 bajtów"]);
    expect(formatSize(0x1000)).toBe("4 KB (4096 bajtów)");
  });

  it("reach the names of firmwares", () => {
    setLanguage(polish);
    expect(firmwareName({ family: "espruino", version: "2v09", build: "ESP8266_4MB" })).toBe(
      "Espruino 2v09, kompilacja ESP8266_4MB",
    );
  });
});

describe("a translation's flaws", () => {
  it("are none where every parameter and every part is there, in whatever order", () => {
    expect(
      translationFlaws({ ...polish.messages, "no-usb-port": { message: "Nie ma.", hint: "Podłącz." } }),
    ).toEqual([]);
  });

  it("name what is missing, what is unknown and what has another unit", () => {
    const messages = {
      "no-such-text": { message: "x" },
      "port-lost": { message: "Zniknął.", hint: "Podłącz {label}." },
      "region-app": { message: "Program." },
      "does-not-fit": {
        message: "{name}, {size:bytes}, {offset}: {flashSize:hex}.",
        hint: "{flashSize:bytes}",
      },
      "port-back": { message: "{label}", hint: "Dobrze." },
    };
    expect(translationFlaws(messages)).toEqual([
      "no-such-text: there is no such text",
      "port-lost, message: does not name {label}",
      "port-lost, hint: names {label}, which English does not",
      "region-app, title: is missing",
      "does-not-fit, message: does not name {offset:hex}",
      "does-not-fit, message: names {offset}, which English does not",
      "port-back, hint: English has none",
    ]);
  });
});
