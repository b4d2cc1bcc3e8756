import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { deviceGroup, groupName } from "./device-group.js";

const folder = mkdtempSync(join(tmpdir(), "group-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the group of a device node", () => {
  it("is found by number in a group file", () => {
    const groups = "root:x:0:\n# a comment\ndialout:x:20:alice\nuucp:x:14:\n";
    expect(groupName(groups, 20)).toBe("dialout");
    expect(groupName(groups, 14)).toBe("uucp");
    expect(groupName(groups, 99)).toBeUndefined();
  });

  it("is the owner's name, or its number when the group file has none", async () => {
    const node = join(folder, "ttyUSB0");
    writeFileSync(node, "");
    const { gid } = statSync(node);
    const groups = join(folder, "group");
    writeFileSync(groups, `serial:x:${gid}:\n`);
    expect(await deviceGroup(node, groups)).toBe("serial");
    writeFileSync(groups, "");
    expect(await deviceGroup(node, groups)).toBe(String(gid));
  });

  it("is dialout where the node or the group file is missing", async () => {
    expect(await deviceGroup(join(folder, "none"))).toBe("dialout");
    expect(await deviceGroup(folder, join(folder, "none"))).toBe("dialout");
  });
});
