/** What the second boot prints where a slot cannot be loaded, as its code says; not seen on silicon. */
import { describe, expect, it } from "vitest";
import { esp8266BootDialect as dialect } from "../targets/esp8266/boot-dialect.js";
import { foldBoot, initialBootState } from "./boot-run.js";
import { banner, eventsOf, loads } from "./sample-logs.fixture.js";
import { bootVerdict } from "./verdict.js";

const verdictOf = (log: string) => {
  const state = eventsOf(log).reduce((before, event) => foldBoot(before, event, dialect), initialBootState);
  const { verdict, code, jump } = bootVerdict(state, 5000, dialect);
  return [verdict, code, jump?.slot];
};

const start = (cause = 2) => `${banner(cause)}${loads}\r\n2nd boot version : 1.6\r\n`;
const user1 = "jump to run user1 @ 1000\r\n\r\n";
const user2 = "jump to run user2 @ 101000\r\n\r\n";
const toOther = "first boot failed, reboot to try backup bin\r\n\r\n";
const gaveUp = "backup boot failed.\r\n\r\n";

describe("a slot that cannot be loaded", () => {
  it("holds no image where the second boot says so", () => {
    const expected = ["does-not-boot", "boot-user-image-missing", 1];
    expect(verdictOf(`${start()}${user1}error magic!\r\n${toOther}`)).toEqual(expected);
  });

  it("holds none for RAM where it says nothing of a magic", () => {
    const expected = ["does-not-boot", "boot-user-image-unloadable", 1];
    expect(verdictOf(`${start()}${user1}${toOther}`)).toEqual(expected);
    const again = "first boot failed 5a5a5a01, reboot to try this bin again\r\n\r\n";
    expect(verdictOf(`${start()}${user1}${again}`)).toEqual(expected);
  });

  it("is the second one of two", () => {
    const log = `${start()}${user1}error magic!\r\n${toOther}${start(4)}${user2}error magic!\r\n${gaveUp}`;
    expect(verdictOf(log)).toEqual(["does-not-boot", "boot-no-slot-starts", 2]);
  });

  it("is behind the board once the other slot runs", () => {
    const log = `${start()}${user1}error magic!\r\n${toOther}${start(4)}${user2}ready and waiting\r\n`;
    expect(verdictOf(log)).toEqual(["boots", "boots-with-output", 2]);
  });

  it("may be one that does not exist", () => {
    const log = `${start()}jump to run usererror user bin flag, flag = 2\r\n`;
    expect(verdictOf(log)).toEqual(["does-not-boot", "boot-user-flag", undefined]);
  });
});

it("that no pin asks for a test is no output of the application", () => {
  expect(verdictOf(`${start()}no GPIO select!\r\n${user1}`)).toEqual(["silent", "boot-silent-after-jump", 1]);
});
