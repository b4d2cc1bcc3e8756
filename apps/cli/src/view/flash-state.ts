/** What state the flash is in, for the sentence that a person reads after Ctrl-C. @module */
import type { Statement } from "@flashwright/core";
import type { CliEvent } from "../cli-event.js";

type WorkEvent = Extract<CliEvent, { type: "started" | "finished" }>;

/** Folds the events of a run. */
export class FlashState {
  /** Where the flash was changed last; `undefined` while nothing was changed. */
  #changedAt: number | undefined;
  #working = false;
  #writesLeft = 0;
  #verifiesLeft = 0;
  /** Of the whole plan. */
  #verifies = 0;

  /** Takes one more event. */
  see(event: CliEvent): void {
    if (event.type === "planned") {
      this.#writesLeft = event.plan.writes.length;
      this.#verifiesLeft = this.#writesLeft;
      this.#verifies = this.#writesLeft;
    }
    if (event.type === "note" && event.code === "plan-resumed") {
      this.#writesLeft = Number(event.params.writes);
      this.#verifiesLeft = this.#verifies;
    }
    if (event.type === "started" || event.type === "finished") this.#seeWork(event);
  }

  #seeWork({ type, operation, region }: WorkEvent): void {
    if (operation === "write" || operation === "erase") {
      this.#changedAt = region.offset;
      this.#working = type === "started";
      // An erase without a plan is verified once.
      if (this.#verifiesLeft === 0) this.#verifiesLeft = 1;
      if (operation === "write" && type === "finished") this.#writesLeft--;
    } else if (operation === "verify" && type === "finished" && this.#writesLeft === 0) this.#verifiesLeft--;
  }

  /** One sentence on what was left behind. Between two writes the firmware is as incomplete as within one. */
  get statement(): Statement {
    if (this.#changedAt === undefined) return { code: "cancelled-untouched", params: {} };
    if (this.#working || this.#writesLeft > 0) {
      return { code: "cancelled-partial", params: { offset: this.#changedAt } };
    }
    return { code: this.#verifiesLeft > 0 ? "cancelled-unverified" : "cancelled-complete", params: {} };
  }
}
