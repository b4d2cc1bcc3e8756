/** What page and worker say to each other. @module */
import type { Engine, Problem, Told } from "../engine/engine.js";

/** From the page. */
export interface Call {
  readonly id: number;
  readonly method: keyof Engine;
  readonly args: readonly unknown[];
}

/** The language to speak from the next call on; then calls. */
export type Asked = { readonly language: string } | Call;

/** From the worker. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly problem: Problem }
  | { readonly told: Told };

/** The end of a channel, as worker, port and scope all have it. */
export interface Channel {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}
