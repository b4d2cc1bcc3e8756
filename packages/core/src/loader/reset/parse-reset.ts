/**
 * A reset strategy by name, or a sequence of somebody's own in a small language.
 *
 * @module
 */
import { FlasherError } from "../../errors.js";
import type { ResetStrategy } from "../../targets/reset-strategy.js";
import type { Target } from "../../targets/target.js";
import type { SignalStep } from "../../transport.js";

/** More is no reset of any board, and would be a hang. */
const MAX_STEPS = 64;
const MAX_WAIT_MS = 10_000;
const TOKEN = /^(?:([DR])([01])|U([01]),([01])|W(\d+(?:\.\d+)?))$/i;

/**
 * The strategy that `text` names, or the sequence that it spells: `D` and `R` set DTR and RTS to 0 or 1 in a call of their
 * own, `U` sets both in one (`U1,0`), `W` waits so many milliseconds. What follows a slash starts the firmware on the same
 * circuit; without it that is done in the usual way. Example: `D0 R1 W100 D1 R0 W50 D0 / R1 W100 R0`. Items that are divided
 * by bars are esptool's notation, whose waits are seconds: `D0|R1|W0.1|D1|R0|W0.05|D0`.
 * @throws FlasherError `reset-invalid` with the item and its place, counted from 1
 */
export function parseReset(text: string, target: Target): ResetStrategy {
  const known = target.resets.loader.find(({ name }) => name === text.trim().toLowerCase());
  if (known !== undefined) return known;
  const names = target.resets.loader.map(({ name }) => name);
  const [enter, run, ...more] = text.split("/");
  const fail = (item: string, place: number) =>
    new FlasherError("reset-invalid", { text, item, place, names });
  if (more.length > 0) throw fail("/", itemsOf(enter).length + itemsOf(run).length + 2);
  const steps = parseSteps(enter, 1, fail);
  return {
    name: "custom",
    circuit: "unknown",
    strapMs: lastWait(steps),
    about: "a sequence of somebody's own",
    steps,
    run:
      run === undefined
        ? target.resets.run
        : { name: "custom", steps: parseSteps(run, itemsOf(enter).length + 2, fail) },
  };
}

function itemsOf(text: string): string[] {
  return text.split(/[\s|]+/).filter((item) => item !== "");
}

function parseSteps(
  text: string,
  firstPlace: number,
  fail: (item: string, place: number) => FlasherError,
): SignalStep[] {
  const unitMs = text.includes("|") ? 1000 : 1;
  const items = itemsOf(text);
  const steps: SignalStep[] = [];
  let waited = 0;
  for (const [at, item] of items.entries()) {
    const match = TOKEN.exec(item);
    if (match === null || steps.length >= MAX_STEPS) throw fail(item, firstPlace + at);
    const [, line, value, dtr, rts, wait] = match;
    if (line !== undefined) steps.push({ [line.toUpperCase() === "D" ? "dtr" : "rts"]: value === "1" });
    else if (dtr !== undefined) steps.push({ dtr: dtr === "1", rts: rts === "1" });
    else {
      const waitMs = Math.round(Number(wait) * unitMs);
      waited += waitMs;
      if (waited > MAX_WAIT_MS) throw fail(item, firstPlace + at);
      addWait(steps, waitMs);
    }
  }
  // A sequence that moves no line cannot reset anything.
  if (!steps.some((step) => step.dtr !== undefined || step.rts !== undefined))
    throw fail(text.trim(), firstPlace);
  return steps;
}

function addWait(steps: SignalStep[], waitMs: number): void {
  const last = steps.pop() ?? {};
  steps.push({ ...last, waitMs: (last.waitMs ?? 0) + waitMs });
}

function lastWait(steps: readonly SignalStep[]): number {
  return steps.reduce((last, { waitMs }) => waitMs ?? last, 0);
}
