/** Ports of the browser: those that the person has granted, and asking for another. Loaded where there are any. @module */
import { requestPort, type WebSerial, watchPorts } from "@flashwright/web-transport";
import type { SerialWay } from "../engine/engine.js";

const serial = (navigator as { readonly serial?: WebSerial }).serial;

/**
 * Has the browser ask for a port; the worker opens it.
 * @param all every serial port, not only those behind a known USB bridge
 * @throws FlasherError `port-not-chosen`, `port-blocked`, `port-failed`
 */
export async function choosePort(all: boolean): Promise<SerialWay> {
  const { label } = await requestPort(serial!, { all });
  return { kind: "serial", label };
}

/** Tells which ports may be opened without asking, now and whenever that changes. */
export async function followPorts(
  tell: (labels: readonly string[]) => void,
  signal: AbortSignal,
): Promise<void> {
  if (serial === undefined) return;
  for await (const { ports } of watchPorts(serial, { signal })) tell(ports.map(({ label }) => label));
}
