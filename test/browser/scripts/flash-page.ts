/** A page that flashes boards, itself or through a worker, and tells of its ports. @module */
import { isFlasherError, type Transport } from "@flashwright/core";
import {
  browserSerial,
  grantedPorts,
  openWebSerialPort,
  type WebPort,
  watchPorts,
} from "@flashwright/web-transport";
import { fromBase64 } from "./base64.js";
import { type FlashReport, flashOver } from "./flash-job.js";
import type { FlashOrder, WorkerAnswer } from "./flash-worker.js";

let image = new Uint8Array(0);
let held: Transport | undefined;
const changes: string[] = [];

/** The browser lists ports in an order of its own, so they go by their names here. */
async function portNamed(name: string): Promise<WebPort> {
  return (await grantedPorts(browserSerial()!)).find(({ label }) => label === name)!;
}

const page = {
  setImage(text: string) {
    image = fromBase64(text);
  },
  async labels() {
    return (await grantedPorts(browserSerial()!)).map(({ label }) => label);
  },
  async flash(name: string): Promise<FlashReport> {
    return flashOver(await portNamed(name), image);
  },
  /** A port cannot be given to a worker, so it goes by its name, which is the same there. */
  flashInWorker(name: string): Promise<WorkerAnswer> {
    const worker = new Worker("/flash-worker.js", { type: "module" });
    const answer = new Promise<WorkerAnswer>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    worker.postMessage({ name, image } satisfies FlashOrder);
    return answer.finally(() => worker.terminate());
  },
  /** Opens a port and holds it; the code of the error where that fails. */
  async hold(name: string, baudRate: number): Promise<string> {
    const { port, label } = await portNamed(name);
    try {
      held = await openWebSerialPort(port, { baudRate, label });
      return "open";
    } catch (error) {
      if (!isFlasherError(error)) throw error;
      return `${error.code}: ${error.message} ${error.hint}`;
    }
  },
  async setRates(rates: readonly number[]) {
    for (const rate of rates) await held!.setBaudRate(rate);
  },
  write: (text: string) => held!.write(new TextEncoder().encode(text)),
  async letGo() {
    await held!.close();
  },
  /** Why the held port ended. */
  end: () => held!.closed,

  /** Notes in `changes` what comes and goes from now on. */
  watch() {
    void (async () => {
      for await (const { added, removed } of watchPorts(browserSerial()!, {
        signal: new AbortController().signal,
      }))
        changes.push(
          [...added.map(({ label }) => `+${label}`), ...removed.map(({ label }) => `-${label}`)].join(" "),
        );
    })();
  },
  changes: () => changes,
};

/** What a test can call. */
export type FlashPage = typeof page;

Object.assign(globalThis, { page });
