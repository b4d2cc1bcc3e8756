import { FlasherError, describe as wordsOf } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { words } from "../words/words.js";
import { pageHint } from "./hints.js";
import { problemReport, Stopped } from "./problem.js";

describe("hints of the page", () => {
  it("name no option and no command of the command line", () => {
    expect(pageHint("map-unknown", wordsOf("map-unknown", {}).hint)).toBe(
      "Name the flash size under “Choices”.",
    );
    expect(pageHint("several-ports", wordsOf("several-ports", {}).hint)).toBeUndefined();
    for (const hint of Object.values(words.hints)) expect(hint).not.toMatch(/`--|flashwright /);
  });

  it("name the agent's own command, since the agent is one", () => {
    const { hint } = wordsOf("agent-unreachable", { address: "http://127.0.0.1:8266" });
    expect(hint).toContain("`flashwright agent`");
    expect(pageHint("agent-unreachable", hint)).toBe(hint);
  });

  it("are the catalogue's where those are for everybody", () => {
    const { hint } = wordsOf("port-busy", { label: "COM3" });
    expect(pageHint("port-busy", hint)).toBe(hint);
  });
});

describe("a problem", () => {
  it("says what happened, what to do, and the details to copy", () => {
    const cause = new Error("EIO");
    const problem = problemReport(
      new FlasherError("port-lost", { label: "CP2102" }, { cause }),
      "Flashing",
      ["CP2102"],
      "Flash is incomplete.",
    );
    expect(problem).toEqual({
      code: "port-lost",
      message: "CP2102 disappeared while it was in use. Flash is incomplete.",
      hint: words.hints["port-lost"],
      details: [
        "Flashing: port-lost",
        "CP2102 disappeared while it was in use.",
        "EIO",
        "Flash is incomplete.",
        '{"label":"CP2102"}',
        "CP2102",
      ].join("\n"),
      isCancelled: false,
    });
  });

  it("is none of ours: the bug's own words, and a request to report it", () => {
    expect(problemReport(new TypeError("x is not a function"), "Planning", [], undefined)).toMatchObject({
      code: "internal",
      message: "Something went wrong inside Flashwright: x is not a function",
      hint: words.hints.internal,
    });
  });

  it("is no failure where somebody pressed Stop", () => {
    expect(problemReport(new Stopped(), "Flashing", [], "Nothing was changed.")).toMatchObject({
      message: "Nothing was changed.",
      isCancelled: true,
    });
  });
});
