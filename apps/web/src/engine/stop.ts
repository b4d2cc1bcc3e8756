/** Being told to stop, once an operation. @module */
import { Stopped } from "../report/problem.js";

/** One operation after the other, each with a signal of its own. */
export class Turnstile {
  #controller: AbortController | undefined;

  /** Runs an operation. @throws Error where another one runs */
  async through<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#controller !== undefined) throw new Error("the engine is at work already");
    const controller = new AbortController();
    this.#controller = controller;
    try {
      return await work(controller.signal);
    } finally {
      this.#controller = undefined;
    }
  }

  /** Aborts the operation that runs. */
  stop(): void {
    this.#controller?.abort(new Stopped());
  }
}
