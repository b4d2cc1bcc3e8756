/** An engine before it is there. @module */
import { type Engine, engineMethods } from "../engine/engine.js";

/** Its methods wait for the engine; where there will be none, they reject with the reason. */
export function lateEngine(engine: Promise<Engine>): Engine {
  const method =
    (name: keyof Engine) =>
    async (...args: readonly unknown[]) => {
      const made = await engine;
      const call = made[name] as (...args: unknown[]) => Promise<unknown>;
      return call.apply(made, [...args]);
    };
  return Object.fromEntries(engineMethods.map((name) => [name, method(name)])) as unknown as Engine;
}
