/** A plain request to an agent, and what its failures mean. @module */
import { FlasherError, type MessageCode } from "@flashwright/core";
import type * as v from "valibot";
import { pairingRefusal, readMessage } from "../agent-protocol/index.js";

/** What is used of an answer. */
export interface AnswerLike {
  readonly ok: boolean;
  readonly status: number;
  text(): Promise<string>;
}

/** The platform's `fetch`, or one that stands in for it. */
export type FetchLike = (
  address: string,
  init: {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
    readonly credentials: "omit";
    readonly cache: "no-store";
    readonly redirect: "error";
  },
) => Promise<AnswerLike>;

/** Where an agent is, and how to ask it. */
export interface AgentPlace {
  /** "http://127.0.0.1:8266"; for the agent's own page its origin. */
  readonly url: string;
  /** The platform's own unless told. */
  readonly fetch?: FetchLike;
}

const CODES: Readonly<Record<number, MessageCode>> = {
  401: "agent-unauthorised",
  403: "agent-origin-refused",
  410: "agent-pairing-closed",
  429: "agent-busy",
};

/**
 * Asks, with a body or without, and reads the answer.
 * @throws FlasherError `agent-unreachable`, `agent-unauthorised`, `agent-origin-refused`, `agent-code-wrong`,
 *   `agent-pairing-closed`, `agent-busy`, `agent-failed`
 */
export async function askAgent<S extends v.GenericSchema>(
  place: AgentPlace,
  path: string,
  schema: S,
  body?: object,
): Promise<v.InferOutput<S>> {
  const address = new URL(place.url).origin;
  const answer = await send(place, path, body).catch((cause: unknown) => {
    throw new FlasherError("agent-unreachable", { address }, { cause });
  });
  const text = await answer.text().catch(() => "");
  if (!answer.ok) throw failureOf(answer.status, text, address);
  const message = readMessage(schema, text);
  if (message === undefined) throw new FlasherError("agent-unreachable", { address });
  return message;
}

function send(
  { url, fetch = globalThis.fetch }: AgentPlace,
  path: string,
  body?: object,
): Promise<AnswerLike> {
  const fixed = { credentials: "omit", cache: "no-store", redirect: "error" } as const;
  const address = new URL(path, url).href;
  if (body === undefined) return fetch(address, fixed);
  const headers = { "Content-Type": "application/json" };
  return fetch(address, { ...fixed, method: "POST", headers, body: JSON.stringify(body) });
}

function failureOf(status: number, text: string, address: string): FlasherError {
  const refusal = readMessage(pairingRefusal, text);
  if (status === 401 && refusal !== undefined) return new FlasherError("agent-code-wrong", refusal);
  const code = CODES[status];
  if (code !== undefined) return new FlasherError(code, { address });
  return new FlasherError("agent-failed", { detail: `status ${status}` });
}
