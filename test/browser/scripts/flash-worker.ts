/** A worker that flashes: the protocol runs beside the page, whose timers may be slowed down. @module */
import { browserSerial, grantedPorts } from "@flashwright/web-transport";
import { type FlashReport, flashOver } from "./flash-job.js";

/** What to do. */
export interface FlashOrder {
  /** The port's name among those that were granted. */
  readonly name: string;
  readonly image: Uint8Array;
}

/** What came of it, and what the worker has of Web Serial. */
export interface WorkerAnswer {
  readonly report: FlashReport;
  readonly canAsk: boolean;
}

addEventListener("message", (event) => void answer(event.data as FlashOrder));

async function answer({ name, image }: FlashOrder): Promise<void> {
  const serial = browserSerial()!;
  const port = (await grantedPorts(serial)).find(({ label }) => label === name);
  const report = await flashOver(port!, image);
  postMessage({ report, canAsk: serial.requestPort !== undefined } satisfies WorkerAnswer);
}
