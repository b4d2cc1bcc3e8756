/** Who may open a device node. @module */
import { readFile, stat } from "node:fs/promises";

/** The name that distributions give the group of serial ports where the node itself cannot be asked. */
const USUAL_GROUP = "dialout";

/**
 * Name of the group that owns a device node on Linux: `dialout` on Debian, `uucp` on Arch. A group without a name in
 * the group file is given as its number; on other systems, or for a node that cannot be seen, the usual name.
 */
export async function deviceGroup(path: string, groupFile = "/etc/group"): Promise<string> {
  try {
    const { gid } = await stat(path);
    const groups = await readFile(groupFile, "utf8");
    return groupName(groups, gid) ?? String(gid);
  } catch {
    return USUAL_GROUP;
  }
}

/** The name of a group number in the text of a group file (`name:password:gid:members`). */
export function groupName(groups: string, gid: number): string | undefined {
  for (const line of groups.split("\n")) {
    const [name, , number] = line.split(":");
    if (name !== undefined && name !== "" && number === String(gid)) return name;
  }
  return undefined;
}
