/**
 * What state the flash is in, for the sentence that a person reads when the work on it is cut off.
 *
 * @module
 */
import type { Statement } from "../image/flash-params.js";
import type { MessageParams } from "../messages/catalogue.js";
import type { FlashEvent } from "./event.js";

type WorkEvent = Extract<FlashEvent, { type: "started" | "finished" }>;

/** How far the work on the flash has come. */
type Progress = "untouched" | "partial" | "unverified" | "complete";

/** Folds the events of a run. */
export class FlashState {
  /** Where the flash was changed last; `undefined` while nothing was changed. */
  #changedAt: number | undefined;
  #working = false;
  #writesLeft = 0;
  #erasesLeft = 0;
  #verifiesLeft = 0;
  /** Of all that is to be done. */
  #verifies = 0;

  /** Says what is going to be done without a plan that is shown, each with a verification of its own; also once more. */
  expect({ writes = 0, erases }: { readonly writes?: number; readonly erases: number }): void {
    this.#working = false;
    this.#writesLeft = writes;
    this.#erasesLeft = erases;
    this.#verifies = writes + erases;
    this.#verifiesLeft = this.#verifies;
  }

  /** Takes one more event. */
  see(event: FlashEvent): void {
    if (event.type === "planned") {
      this.#writesLeft = event.plan.writes.length;
      this.#verifies = this.#writesLeft;
      this.#verifiesLeft = this.#verifies;
    }
    if (event.type === "note") this.#seeNote(event.code, event.params);
    if (event.type === "started" || event.type === "finished") this.#seeWork(event);
  }

  /** What a resumed run found out about what the one before had left. */
  #seeNote(code: string, params: MessageParams): void {
    if (code === "plan-resumed") {
      const erases = Number(params.erases);
      this.#working = false;
      this.#writesLeft = Number(params.writes);
      this.#erasesLeft += erases;
      // Erases come first, and the verification of each counts as soon as no write is left.
      this.#verifiesLeft = this.#verifies + (this.#writesLeft === 0 ? erases : 0);
    }
    if (code === "erase-resumed") this.#erasesLeft += Number(params.erases) - 1;
    if (code === "erase-was-complete") {
      this.#erasesLeft -= 1;
      this.#verifiesLeft -= 1;
    }
  }

  #seeWork({ type, operation, region }: WorkEvent): void {
    if (operation === "write" || operation === "erase") {
      this.#changedAt = region.offset;
      this.#working = type === "started";
      if (this.#verifiesLeft === 0) this.#verifiesLeft = 1;
      if (operation === "write" && type === "finished") this.#writesLeft--;
      if (operation === "erase" && type === "finished" && this.#erasesLeft > 0) this.#erasesLeft--;
    } else if (operation === "verify" && type === "finished" && this.#writesLeft === 0) this.#verifiesLeft--;
  }

  get #progress(): Progress {
    if (this.#changedAt === undefined) return "untouched";
    // Between two writes the firmware is as incomplete as within one.
    if (this.#working || this.#writesLeft > 0 || this.#erasesLeft > 0) return "partial";
    return this.#verifiesLeft > 0 ? "unverified" : "complete";
  }

  /** One sentence on what was left behind where the work ended before its end. */
  get statement(): Statement {
    const progress = this.#progress;
    return { code: `cancelled-${progress}`, params: this.#paramsOf(progress) };
  }

  /** One sentence on what is there now, where something was changed and the work may still go on. */
  get present(): Statement | undefined {
    const progress = this.#progress;
    return progress === "untouched"
      ? undefined
      : { code: `flash-${progress}`, params: this.#paramsOf(progress) };
  }

  #paramsOf(progress: Progress): MessageParams {
    return progress === "partial" && this.#changedAt !== undefined ? { offset: this.#changedAt } : {};
  }
}
