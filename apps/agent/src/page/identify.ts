/** Who is at a port? The whole protocol runs here; the agent only moves bytes. @module */

import type { Clock, Transport } from "@flashwright/core";
import {
  type ChipInfo,
  connect,
  esp8266,
  type FlashEvent,
  type FlashInfo,
  formatSize,
} from "@flashwright/core";

/** A line of the answer. */
export type Fact = readonly [name: string, value: string];

/**
 * Connects to the board, reads who it is, starts its firmware again and lets go of the port.
 * @throws FlasherError those of connecting
 */
export async function identify(
  open: () => Promise<Transport>,
  clock: Clock,
  tell: (progress: string) => void,
): Promise<Fact[]> {
  const transport = await open();
  try {
    const onEvent = (event: FlashEvent) => {
      if (event.type === "connecting") tell(`Connecting, attempt ${event.attempt}`);
    };
    const session = await connect(transport, { target: esp8266, clock, onEvent });
    await session.leave(session.canReset ? "hard-reset" : "no-reset");
    const { chip, flash, flashSize, loader, baudRate } = session;
    const name = loader.kind === "stub" ? "stub" : "ROM loader";
    return [...chipFacts(chip), flashFact(flash, flashSize), ["Loader", `${name} at ${baudRate} baud`]];
  } finally {
    await transport.close();
  }
}

function chipFacts({ name, crystalMHz, mac }: ChipInfo): Fact[] {
  return [
    ["Chip", `${name}, crystal ${crystalMHz} MHz`],
    ["MAC", mac],
  ];
}

function flashFact({ manufacturer, device, manufacturerName }: FlashInfo, flashSize: number): Fact {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  const maker = manufacturerName === undefined ? "" : ` (${manufacturerName})`;
  return ["Flash", `${formatSize(flashSize)}, id ${hex(manufacturer, 2)} ${hex(device, 4)}${maker}`];
}
