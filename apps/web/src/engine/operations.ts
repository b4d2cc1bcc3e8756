/** The engine's work: one operation at a time, of which a failure comes out in words. @module */
import type { LookEvent } from "@flashwright/core/diagnose";
import type { LeftState } from "../report/left.js";
import { problemReport } from "../report/problem.js";
import { words } from "../words/words.js";
import type { LinkWork } from "./board-link.js";
import type { EngineEvent, Problem, Told } from "./engine.js";
import { explained } from "./explain.js";
import type { OpenedWay } from "./open-way.js";
import { Turnstile } from "./stop.js";
import { toldOf } from "./tell.js";

/** What is done in an operation, by its name in the page's words. */
export type Step = keyof typeof words.steps;

/** Runs operations, and tells what happens in them. */
export class Operations {
  readonly #turnstile = new Turnstile();

  /**
   * @param onTold takes what happens meanwhile
   * @param way the one that leads to the board now, if there is one
   */
  constructor(
    readonly onTold: (told: Told) => void,
    readonly way: () => OpenedWay | undefined,
  ) {}

  /**
   * One operation.
   * @param left what state the flash was left in, where the operation could have changed it
   * @throws Problem
   */
  run<T>(step: Step, work: (work: LinkWork) => Promise<T>, left?: () => LeftState): Promise<T> {
    const onEvent = (event: LookEvent) => {
      const told = toldOf(event);
      if (told !== undefined) this.tell(told);
    };
    return this.#turnstile.through(async (signal) => {
      try {
        return await work({ signal, onEvent });
      } catch (error) {
        throw this.problem(await explained(error, this.way()?.trouble), step, left?.());
      }
    });
  }

  /** A failure in words. */
  problem(error: unknown, step: Step, left?: LeftState): Problem {
    const way = this.way();
    const context = way === undefined ? [] : [way.port.label];
    return problemReport(error, { doing: words.steps[step], context, way: way?.kind, left });
  }

  tell(event: EngineEvent): void {
    this.onTold({ at: performance.now(), event });
  }

  /** Ends the operation that runs. */
  stop(): void {
    this.#turnstile.stop();
  }
}
