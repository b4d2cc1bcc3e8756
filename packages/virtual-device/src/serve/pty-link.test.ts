import {
  lstatSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../../../../test/support/requirements.js";
import { createLink } from "./pty-link.js";

describeWith(["pty"], "the link to a terminal", () => {
  let folder: string;
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "link-test-")));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("leads to the terminal and leaves nothing behind", () => {
    const link = join(folder, "board");
    const remove = createLink(link, "/dev/null");
    expect(realpathSync(link)).toBe("/dev/null");
    const middle = readlinkSync(link);
    remove();
    expect(lstatSync(link, { throwIfNoEntry: false })).toBeUndefined();
    expect(lstatSync(dirname(middle), { throwIfNoEntry: false })).toBeUndefined();
  });

  it("replaces one that a dead process left", () => {
    const link = join(folder, "stale");
    // Above the largest process id of Linux.
    symlinkSync("/tmp/flashwright-pty-4194305-abcdef/port", link);
    const remove = createLink(link, "/dev/null");
    expect(realpathSync(link)).toBe("/dev/null");
    remove();
  });

  it("refuses the link of a board that is alive, a foreign link, and a file", () => {
    const live = join(folder, "live");
    const remove = createLink(live, "/dev/null");
    const taken = expect.objectContaining({ code: "link-taken" });
    expect(() => createLink(live, "/dev/zero")).toThrow(taken);
    remove();

    const foreign = join(folder, "foreign");
    symlinkSync("/dev/null", foreign);
    expect(() => createLink(foreign, "/dev/zero")).toThrow(taken);
    expect(readlinkSync(foreign)).toBe("/dev/null");

    const file = join(folder, "file");
    writeFileSync(file, "mine");
    expect(() => createLink(file, "/dev/zero")).toThrow(taken);
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  it("is left alone at the end when someone else has put another one there", () => {
    const link = join(folder, "swapped");
    const remove = createLink(link, "/dev/null");
    rmSync(link);
    symlinkSync("/dev/zero", link);
    remove();
    expect(readlinkSync(link)).toBe("/dev/zero");
  });
});
