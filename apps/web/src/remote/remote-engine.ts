/** An engine at the other end of a channel. @module */
import { type Engine, engineMethods, type Told } from "../engine/engine.js";
import type { Answer, Channel } from "./messages.js";

interface Waiting {
  resolve(value: unknown): void;
  reject(problem: unknown): void;
}

/**
 * The engine that `serveEngine` serves at the other end.
 * @param onTold takes what happens there meanwhile
 */
export function remoteEngine(channel: Channel, onTold: (told: Told) => void): Engine {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;

  channel.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    if ("told" in data) {
      onTold(data.told);
      return;
    }
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if ("problem" in data) call?.reject(data.problem);
    else call?.resolve(data.value);
  });

  const method =
    (name: keyof Engine) =>
    (...args: readonly unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        channel.postMessage({ id, method: name, args }, args.flatMap(portsIn));
      });
  return Object.fromEntries(engineMethods.map((name) => [name, method(name)])) as unknown as Engine;
}

/** A port that is lent goes over and cannot be copied. */
function portsIn(arg: unknown): Transferable[] {
  if (typeof arg !== "object" || arg === null || !("port" in arg)) return [];
  return arg.port instanceof MessagePort ? [arg.port] : [];
}
