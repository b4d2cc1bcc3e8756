import { describe, expect, it } from "vitest";
import { describe as words } from "./catalogue.js";
import { findingMessages } from "./finding.js";

type Code = keyof typeof findingMessages;
const codes = Object.keys(findingMessages) as Code[];
const findings = codes.filter((code) => code.startsWith("finding-"));

describe("the words for a finding", () => {
  it.each(findings)("%s: a title without a full stop, an explanation, one thing to do", (code) => {
    const { title, message, hint } = words(code, {});
    expect(title).toMatch(/^\S.*[^.!]$/);
    expect(message).toMatch(/[.?]$/);
    expect(hint).toMatch(/^[A-Z].*\.$/);
  });

  it("explain the flash map before they use the word", () => {
    const users = findings.filter((code) => /flash map/.test(words(code, {}).message));
    expect(users.filter((code) => !/\(the “flash map”\)/.test(words(code, {}).message))).toEqual([]);
  });
});

it.each(codes.filter((code) => !code.startsWith("finding-")))("%s is a sentence", (code) => {
  expect(words(code, {}).message).toMatch(/[.”?]$/);
});
