/**
 * A port that the page opens, since only it may, and lends to the worker: as often as the worker asks, for the port may have
 * been unplugged meanwhile.
 *
 * @module
 */
import { FlasherError, type FlasherErrorData, type Transport } from "@flashwright/core";
import { lendTransport, lentTransport } from "./lent-transport.js";

type Reply = { readonly port: MessagePort } | { readonly error: FlasherErrorData | string };

/** Opens the port each time that the other end asks, and lends it over a channel of its own. */
export function lendPort(channel: MessagePort, open: () => Promise<Transport>): void {
  channel.onmessage = () => void answer();

  async function answer(): Promise<void> {
    try {
      const transport = await open();
      const { port1, port2 } = new MessageChannel();
      lendTransport(transport, port1);
      channel.postMessage({ port: port2 } satisfies Reply, [port2]);
    } catch (error) {
      const told = error instanceof FlasherError ? error.toJSON() : String(error);
      channel.postMessage({ error: told } satisfies Reply);
    }
  }
}

/** Asks for the port that is lent at the other end; one request at a time. */
export function borrowPort(channel: MessagePort): () => Promise<Transport> {
  return async () => {
    const reply = await new Promise<Reply>((resolve) => {
      channel.onmessage = ({ data }: MessageEvent<Reply>) => resolve(data);
      channel.postMessage("open");
    });
    if ("port" in reply) return lentTransport(reply.port);
    const { error } = reply;
    throw typeof error === "string" ? new Error(error) : FlasherError.fromJSON(error);
  };
}
