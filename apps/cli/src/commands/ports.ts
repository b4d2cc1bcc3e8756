/** `flashwright ports`. @module */
import type { OperationResult } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";
import type { SeenPort } from "../cli-event.js";
import type { Context } from "../context.js";
import type { World } from "../world.js";

/** Options of `ports`. */
export interface PortsOptions {
  readonly watch?: boolean;
}

/**
 * Lists the serial ports of this computer, with who has them open; with `--watch` then each that comes or goes, until Ctrl-C,
 * which is the orderly end.
 * @throws FlasherError `port-list-unavailable`
 */
export async function ports(context: Context, options: PortsOptions = {}): Promise<OperationResult> {
  if (options.watch) return watch(context);
  const { world, emit } = context;
  const found = await seenPorts(world, await world.listPorts());
  emit({ type: "ports", ports: found });
  return { code: "ports-listed", params: { count: found.length } };
}

async function watch({ world, emit, signal }: Context): Promise<OperationResult> {
  const { watchPorts } = await import("@flashwright/node-transport");
  let isFirst = true;
  for await (const change of watchPorts({ signal, clock: world.clock, list: () => world.listPorts() })) {
    if (isFirst) emit({ type: "ports", ports: await seenPorts(world, change.ports) });
    else {
      for (const port of change.removed) emit({ type: "port", change: "removed", port });
      for (const port of change.added) emit({ type: "port", change: "added", port });
    }
    isFirst = false;
  }
  return { code: "ports-watched", params: {} };
}

async function seenPorts(world: World, listed: readonly ListedPort[]): Promise<SeenPort[]> {
  const users = await world.portUsers(listed.map(({ path }) => path));
  return listed.map((port) => {
    const here = users.get(port.path);
    return here === undefined ? port : { ...port, users: here };
  });
}
