/** Flashing through a transport, as a page and as a worker do it. @module */
import { connect, esp8266, planFlash, runPlan, type Transport } from "@flashwright/core";
import { adapterOf, browserClock, openWebSerialPort, type WebPort } from "@flashwright/web-transport";

/** What came of it. */
export interface FlashReport {
  readonly label: string;
  readonly chip: string;
  readonly mac: string;
  readonly flashSize: number;
  readonly baudRate: number;
  readonly reset: string;
  /** "flash-written-verified": all that was written was compared with the chip's own MD5. */
  readonly result: string;
  /** From the first byte that is written to the last that is verified. */
  readonly flashMs: number;
  /** All of it, from the port to the firmware that is started. */
  readonly totalMs: number;
}

/** Opens the port, writes an image at 0x10000, verifies it, and starts the firmware. */
export async function flashOver(port: WebPort, image: Uint8Array): Promise<FlashReport> {
  const start = performance.now();
  const transport = await openWebSerialPort(port.port, { baudRate: 115200, label: port.label });
  try {
    return await flash(transport, port, image, start);
  } finally {
    await transport.close();
  }
}

async function flash(
  transport: Transport,
  port: WebPort,
  image: Uint8Array,
  start: number,
): Promise<FlashReport> {
  const adapter = adapterOf(port);
  const session = await connect(transport, { target: esp8266, clock: browserClock, adapter });
  const { chip, flashSize, loader, how } = session;
  const { plan, data } = planFlash({
    target: esp8266,
    chip: { mac: chip.mac, flashSize, loader: loader.kind },
    images: [{ name: "image.bin", offset: 0x10000, bytes: image }],
  });
  const begin = performance.now();
  const outcome = await runPlan(session, plan, data, {});
  const flashMs = performance.now() - begin;
  await session.leave("hard-reset");
  return {
    label: transport.label,
    chip: chip.name,
    mac: chip.mac,
    flashSize,
    baudRate: how.baudRate,
    reset: how.reset,
    result: outcome.result.code,
    flashMs,
    totalMs: performance.now() - start,
  };
}
