/** An engine behind a channel. @module */
import type { Engine, Problem, Told } from "../engine/engine.js";
import type { Answer, Call, Channel } from "./messages.js";

/**
 * Answers calls, in the order in which the engine is done with them.
 * @param make the engine, given where to tell what happens
 */
export function serveEngine(channel: Channel, make: (tell: (told: Told) => void) => Engine): void {
  const say = (answer: Answer) => channel.postMessage(answer, []);
  const engine = make((told) => say({ told }));
  channel.addEventListener("message", ({ data }: MessageEvent<Call>) => void answer(data));

  async function answer({ id, method, args }: Call): Promise<void> {
    try {
      const call = engine[method] as (...args: unknown[]) => Promise<unknown>;
      say({ id, value: await call.apply(engine, [...args]) });
    } catch (error) {
      say({ id, problem: asProblem(error) });
    }
  }
}

/** The engine words its failures; what is none of them is a bug. */
function asProblem(error: unknown): Problem {
  if (typeof error === "object" && error !== null && "details" in error) return error as Problem;
  const message = error instanceof Error ? error.message : String(error);
  const details = error instanceof Error ? (error.stack ?? message) : message;
  return { code: "internal", message, details, isCancelled: false };
}
