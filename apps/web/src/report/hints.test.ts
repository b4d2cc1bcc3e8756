import { FlasherError, FlashState, describe as wordsOf } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { words } from "../words/words.js";
import { pageHint } from "./hints.js";
import { leftBy } from "./left.js";
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
    const problem = problemReport(new FlasherError("port-lost", { label: "CP2102" }, { cause }), {
      doing: "Flashing",
      context: ["CP2102"],
      left: { text: "Flash is incomplete.", isBetween: true, isChanged: true },
    });
    expect(problem).toEqual({
      code: "port-lost",
      message: "CP2102 disappeared while it was in use.",
      left: "Flash is incomplete.",
      isFlashChanged: true,
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
    expect(
      problemReport(new TypeError("x is not a function"), { doing: "Planning", context: [] }),
    ).toMatchObject({
      code: "internal",
      message: "Something went wrong inside Flashwright: x is not a function",
      hint: words.hints.internal,
    });
  });

  it("is no failure where somebody pressed Stop", () => {
    const place = { doing: "Flashing", context: [] };
    const untouched = { text: "Nothing was changed.", isBetween: false, isChanged: false };
    expect(problemReport(new Stopped(), { ...place, left: untouched })).toEqual({
      code: "stopped",
      message: words.problem.stopped,
      left: "Nothing was changed.",
      details: "Flashing\nNothing was changed.",
      isCancelled: true,
    });
    const between = problemReport(new Stopped(), {
      ...place,
      left: { text: "Half.", isBetween: true, isChanged: true },
    });
    expect(between.hint).toBe(words.left.again);
  });

  it("has the hint of its own way: there is no cable to a virtual board, and an agent can be gone", () => {
    const lost = new FlasherError("port-lost", { label: "x" });
    const hintOn = (way: "serial" | "agent" | "virtual") =>
      problemReport(lost, { doing: "Reading", context: [], way }).hint;
    expect([hintOn("serial"), hintOn("agent"), hintOn("virtual")]).toEqual([
      words.hints["port-lost"],
      words.hintsByWay.agent["port-lost"],
      words.hintsByWay.virtual["port-lost"],
    ]);
  });

  it("is for somebody's hands where the loader was not reached, and only where buttons help", () => {
    const params = { label: "CP2102", attempts: 7, bootMode: "(7,7)", causes: [], log: [] };
    const handsOf = (code: "connect-running", way: "serial" | "virtual" = "serial") =>
      problemReport(new FlasherError(code, params), { doing: "Connecting", context: [], way }).hands;
    const codes = ["noise", "running", "application", "silent", "strapping", "no-sync"];
    expect(codes.filter((code) => handsOf(`connect-${code}` as "connect-running"))).toEqual([
      "noise",
      "running",
      "application",
      "silent",
    ]);
    expect([
      problemReport(new FlasherError("port-lines-missing", params), { doing: "", context: [] }).hands,
      handsOf("connect-running", "virtual"),
      problemReport(new FlasherError("verify-failed", params), { doing: "", context: [] }).hands,
    ]).toEqual(["flash-and-reset", undefined, undefined]);
  });
});

describe("what is left on the chip", () => {
  const write = { operation: "write", region: { offset: 0x1000, size: 0x1000 } } as const;
  const plan = { writes: [{}], erases: [] } as never;

  it("is what it was, or something in between that does not start, or all of it", () => {
    const state = new FlashState();
    expect(leftBy(state, "firmware")).toEqual({
      text: words.left.untouched,
      isBetween: false,
      isChanged: false,
    });
    state.see({ type: "planned", plan });
    state.see({ type: "started", ...write });
    const half = "The flash is not finished at 0x00001000: it holds a part of the old and a part of the new.";
    expect(leftBy(state, "firmware")).toEqual({
      text: `${half} ${words.left.noStart}`,
      isBetween: true,
      isChanged: true,
    });
    expect(leftBy(state, "restore").text).toBe(`${half} ${words.left.mayNotStart}`);
    state.see({ type: "finished", ...write, elapsedMs: 1 });
    expect(leftBy(state, "firmware")).toEqual({
      text: "All bytes are in the flash, but not all of them are verified.",
      isBetween: false,
      isChanged: true,
    });
  });
});
