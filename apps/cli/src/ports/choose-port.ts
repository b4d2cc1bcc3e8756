/** Which port is meant. @module */
import { FlasherError } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";
import { portTitle } from "../view/ports-lines.js";
import { clean } from "../view/text.js";
import type { World } from "../world.js";

/**
 * The port that was named, by option or as a setting; else the only one behind USB; else the one that the
 * person chooses.
 * @throws FlasherError `no-usb-port`; `several-ports` where nobody can be asked; `port-list-unavailable`
 */
export async function choosePort(world: World, named: string | undefined): Promise<string> {
  if (named !== undefined && named !== "") return named;
  const ports = (await world.listPorts()).filter(({ vendorId }) => vendorId !== undefined);
  if (ports.length === 0) throw new FlasherError("no-usb-port");
  if (ports.length === 1) return ports[0].path;
  const chosen = await world.prompts?.choose("Which port?", ports.map(asChoice));
  if (chosen !== undefined) return chosen;
  throw new FlasherError("several-ports", {
    ports: ports.map((port) => `${clean(port.path)} (${portTitle(port)})`),
  });
}

function asChoice(port: ListedPort): { value: string; label: string } {
  return { value: port.path, label: `${clean(port.path)}  ${portTitle(port)}` };
}
