/** Ports of the browser: those that the person has granted, and asking for another. Loaded where there are any. @module */
import { FlasherError, type Transport } from "@flashwright/core";
import {
  adapterOf,
  describePort,
  grantedPorts,
  requestPort,
  type WebPort,
  type WebSerial,
  type WebSerialPort,
  watchPorts,
} from "@flashwright/web-transport";
import type { Engine, Way } from "../engine/engine.js";
import { openGranted, serialPlaces } from "../engine/serial-places.js";
import { lendPort } from "../remote/lent-port.js";

const serial = (navigator as { readonly serial?: WebSerial }).serial;

/**
 * Has the browser ask for a port.
 * @param all every serial port, not only those behind a known USB bridge
 * @throws FlasherError `port-not-chosen`, `port-blocked`, `port-failed`
 */
export async function choosePort(engine: Pick<Engine, "hasSerial">, all: boolean): Promise<Way> {
  return wayTo(engine, await requestPort(serial!, { all }));
}

/** The way to a port that the browser gave. @throws FlasherError `port-blocked`, those of opening */
export async function wayToChosen(engine: Pick<Engine, "hasSerial">, chosen: WebSerialPort): Promise<Way> {
  const granted = await grantedPorts(serial!);
  return wayTo(engine, granted.find(({ port }) => port === chosen) ?? describePort(chosen));
}

/** A port that was granted before, by its name. @throws FlasherError `port-blocked`, those of opening */
export async function grantedWay(engine: Pick<Engine, "hasSerial">, label: string): Promise<Way> {
  const port = (await grantedPorts(serial!)).find((granted) => granted.label === label);
  return port === undefined ? { kind: "serial", label } : wayTo(engine, port);
}

/** The engine opens the port, or it is opened here and lent to it. */
async function wayTo(engine: Pick<Engine, "hasSerial">, port: WebPort): Promise<Way> {
  const { label } = port;
  if (await engine.hasSerial()) return { kind: "serial", label };
  const { port1, port2 } = new MessageChannel();
  lendPort(port1, await opener(port));
  const adapter = adapterOf(port);
  return { kind: "port", port: port2, ...(adapter === undefined ? {} : { adapter }) };
}

/** Opens the port now, and finds it again when it is asked for later. @throws FlasherError those of opening */
async function opener(known: WebPort): Promise<() => Promise<Transport>> {
  let first: Transport | undefined = await openGranted(known, known.label);
  const { places, open } = serialPlaces(serial!, known, await grantedPorts(serial!));
  return async () => {
    const transport = first;
    first = undefined;
    if (transport !== undefined) return transport;
    const [place] = await places();
    if (place === undefined) throw new FlasherError("port-not-found", { label: known.label });
    return open(place);
  };
}

/** Tells which ports may be opened without asking, now and whenever that changes. */
export async function followPorts(
  tell: (labels: readonly string[]) => void,
  signal: AbortSignal,
): Promise<void> {
  if (serial === undefined) return;
  for await (const { ports } of watchPorts(serial, { signal })) tell(ports.map(({ label }) => label));
}
