/** The engine in a worker of its own. @module */
import type { Engine, Told } from "../engine/engine.js";
import { remoteEngine } from "../remote/remote-engine.js";

/** Starts the worker; it ends with the page. */
export function makeWorkerEngine(tell: (told: Told) => void): Engine {
  const worker = new Worker(new URL("../worker.ts", import.meta.url), {
    type: "module",
    name: "flashwright",
  });
  return remoteEngine(worker, tell);
}
