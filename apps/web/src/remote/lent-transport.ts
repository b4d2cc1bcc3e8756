/**
 * A transport over a message channel: the page opens a port, which only it may ask for, and lends it to the worker.
 *
 * @module
 */
import { FlasherError, type FlasherErrorData, type Transport, type TransportEnd } from "@flashwright/core";

type Verb = Exclude<keyof Transport, "label" | "capabilities" | "closed">;

interface Ask {
  readonly id: number;
  readonly verb: Verb;
  readonly args: readonly unknown[];
}

type Reply =
  | ({ readonly hello: true } & Pick<Transport, "label" | "capabilities">)
  | { readonly end: TransportEnd }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: FlasherErrorData | string };

/** Serves a transport at one end of a channel, until it is closed. */
export function lendTransport(transport: Transport, port: MessagePort): void {
  const { label, capabilities } = transport;
  const say = (reply: Reply) => port.postMessage(reply);
  port.onmessage = ({ data }: MessageEvent<Ask>) => void answer(data);
  say({ hello: true, label, capabilities });
  void transport.closed.then((end) => say({ end }));

  async function answer({ id, verb, args }: Ask): Promise<void> {
    try {
      const call = transport[verb] as (...args: readonly unknown[]) => unknown;
      say({ id, value: await call.apply(transport, args as unknown[]) });
    } catch (error) {
      say({ id, error: error instanceof FlasherError ? error.toJSON() : String(error) });
    }
  }
}

/** The transport that is lent at the other end. Resolves when that end has said what it is. */
export async function lentTransport(port: MessagePort): Promise<Transport> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let lastId = 0;
  let end!: (end: TransportEnd) => void;
  const closed = new Promise<TransportEnd>((resolve) => {
    end = resolve;
  });
  const hello = await new Promise<Extract<Reply, { hello: true }>>((resolve) => {
    port.onmessage = ({ data }: MessageEvent<Reply>) => {
      if ("hello" in data) resolve(data);
      else if ("end" in data) end(data.end);
      else settle(data);
    };
  });

  function settle(reply: Extract<Reply, { id: number }>): void {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ("error" in reply) call?.reject(asError(reply.error));
    else call?.resolve(reply.value);
  }

  const ask = <T>(verb: Verb, ...args: readonly unknown[]) =>
    new Promise<T>((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      port.postMessage({ id, verb, args } satisfies Ask);
    });
  return {
    label: hello.label,
    capabilities: hello.capabilities,
    closed,
    read: () => ask("read"),
    write: (bytes) => ask("write", bytes),
    drain: () => ask("drain"),
    discard: () => ask("discard"),
    signal: (steps) => ask("signal", steps),
    setBaudRate: (baudRate) => ask("setBaudRate", baudRate),
    close: () => ask("close"),
    abort: () => void ask("abort").catch(() => {}),
  };
}

function asError(error: FlasherErrorData | string): Error {
  return typeof error === "string" ? new Error(error) : FlasherError.fromJSON(error);
}
