/** The engine in a worker of its own. @module */
import type { Engine, Told } from "../engine/engine.js";
import type { Asked } from "../remote/messages.js";
import { remoteEngine } from "../remote/remote-engine.js";

/** Starts the worker, which speaks the page's language; it ends with the page. */
export function makeWorkerEngine(tell: (told: Told) => void, language: string): Engine {
  const worker = new Worker(new URL("../worker.ts", import.meta.url), {
    type: "module",
    name: "flashwright",
  });
  worker.postMessage({ language } satisfies Asked);
  return remoteEngine(worker, tell);
}
