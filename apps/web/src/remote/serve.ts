/** An engine behind a channel. @module */
import type { Engine, Problem, Told } from "../engine/engine.js";
import type { Answer, Asked, Call, Channel } from "./messages.js";

/**
 * Answers calls, in the order in which the engine is done with them.
 * @param make the engine, given where to tell what happens
 * @param speak makes the engine's words those of a language, before the calls that come after
 */
export function serveEngine(
  channel: Channel,
  make: (tell: (told: Told) => void) => Engine,
  speak: (language: string) => Promise<void> = async () => {},
): void {
  const say = (answer: Answer) => channel.postMessage(answer, []);
  const engine = make((told) => say({ told }));
  let spoken = Promise.resolve();
  channel.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
    if ("language" in data) spoken = speak(data.language);
    else void answer(data);
  });

  async function answer({ id, method, args }: Call): Promise<void> {
    await spoken;
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
