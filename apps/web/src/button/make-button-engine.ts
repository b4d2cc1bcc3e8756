/**
 * The engine on a page of another origin. A browser starts no worker from a script of another origin, so that the worker is
 * a line of the page's own that imports the script; where the page's policy forbids that too, the engine runs in the page.
 *
 * @module
 */
import type { Engine, Told } from "../engine/engine.js";
import type { Asked } from "../remote/messages.js";
import { remoteEngine } from "../remote/remote-engine.js";
import workerAddress from "../worker.ts?worker&url";

/** An engine, and where it runs. */
export interface ButtonEngine {
  readonly engine: Engine;
  readonly runsIn: "worker" | "page";
  /** Ends the thread; the engine is not to be used any more. */
  end(): void;
}

/** Starts the engine, which speaks the dialog's language, in a worker where the page allows it. */
export async function makeButtonEngine(tell: (told: Told) => void, language: string): Promise<ButtonEngine> {
  const started = startWorker(new URL(workerAddress, import.meta.url));
  if (started !== undefined) {
    const { worker, forget } = started;
    const failed = new Promise<false>((resolve) => worker.addEventListener("error", () => resolve(false)));
    worker.postMessage({ language } satisfies Asked);
    const engine = remoteEngine(worker, tell);
    const answers = engine.hasSerial().then(() => true);
    const isThere = await Promise.race([answers, failed]);
    forget();
    if (isThere) return { engine, runsIn: "worker", end: () => worker.terminate() };
    worker.terminate();
  }
  const { BoardEngine } = await import("../engine/board-engine.js");
  return { engine: new BoardEngine(tell), runsIn: "page", end: () => {} };
}

interface Started {
  readonly worker: Worker;
  /** Lets go of the script, once it was read. */
  forget(): void;
}

/** `undefined` where the page's policy has no worker at all. */
function startWorker(address: URL): Started | undefined {
  const options = { type: "module", name: "flashwright" } as const;
  try {
    if (address.origin === location.origin) {
      return { worker: new Worker(address, options), forget: () => {} };
    }
    const script = new Blob([`import ${JSON.stringify(address.href)};`], { type: "text/javascript" });
    const own = URL.createObjectURL(script);
    return { worker: new Worker(own, options), forget: () => URL.revokeObjectURL(own) };
  } catch {
    return undefined;
  }
}
