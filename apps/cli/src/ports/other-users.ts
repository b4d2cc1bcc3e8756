/** Who else listens at a port. @module */
import type { Context } from "../context.js";
import { userTitle } from "../view/ports-lines.js";

/**
 * Warns where other programs have a port open as well. Not every program takes the lock: then two read the same bytes away
 * from each other, and whatever has failed has probably failed for that. To be asked when something has failed, for looking
 * takes its time.
 * @param path of the port; what is no device of this computer has no users here
 */
export async function tellOtherUsers({ world, emit }: Context, path: string): Promise<void> {
  if (path.includes("://") || !path.startsWith("/")) return;
  const users = (await world.portUsers([path])).get(path);
  if (users === undefined) return;
  emit({ type: "warning", code: "port-shared", params: { label: path, by: users.map(userTitle) } });
}
