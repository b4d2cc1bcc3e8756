/** Connecting as the options say, helped by what is known of the adapter. @module */
import { connect, esp8266, type FlashEvent, type Session, type Transport } from "@flashwright/core";
import type { Context } from "../context.js";
import type { UsbPort } from "../ports/adapter.js";
import { recallAdapter, rememberAdapter } from "./adapter-memory.js";
import type { ConnectionOptions } from "./connection-options.js";

/** Connects, time and again over one port, and remembers in the end what it took. */
export class BoardConnector {
  #session: Session | undefined;
  /** Whether the first try was not good enough, so that the next program should know better. */
  #learned = false;

  /** @param adapter behind the port, where it is known */
  constructor(
    readonly context: Context,
    readonly options: ConnectionOptions,
    readonly adapter: UsbPort | undefined,
  ) {}

  /** @throws FlasherError those of `connect` */
  async connect(transport: Transport): Promise<Session> {
    const { adapter, options, context } = this;
    const { world } = context;
    const hint = adapter === undefined ? undefined : await recallAdapter(world, adapter);
    this.#session = await connect(transport, {
      target: esp8266,
      clock: world.clock,
      stub: options.stub,
      before: options.before,
      signal: context.signal,
      onEvent: (event) => {
        this.#learn(event);
        context.emit(event);
      },
      ...(adapter === undefined ? {} : { adapter: { ...identityOf(adapter), platform: world.platform } }),
      ...(hint === undefined ? {} : { hint }),
      ...(options.baud === undefined ? {} : { baudRate: options.baud }),
      ...(options.reset === undefined ? {} : { reset: options.reset }),
      ...(options.connectAttempts === undefined ? {} : { attempts: options.connectAttempts }),
      ...(options.chipSize === undefined ? {} : { flashSize: options.chipSize }),
    });
    return this.#session;
  }

  /** Keeps what worked, if it was not what was tried first and was not prescribed. */
  async remember(): Promise<void> {
    const { adapter, options, context } = this;
    if (this.#session === undefined || adapter === undefined || !this.#learned) return;
    const { reset, baudRate } = this.#session.how;
    const prescribed = options.reset !== undefined || typeof options.baud === "number";
    if (prescribed || reset === "none") return;
    await rememberAdapter(context.world, adapter, { reset, baudRate });
  }

  #learn(event: FlashEvent): void {
    if (event.type === "connecting" && event.attempt > 1) this.#learned = true;
    if (event.type === "note" && event.code === "baud-lowered") this.#learned = true;
  }
}

function identityOf({ vendorId, productId }: UsbPort): Pick<UsbPort, "vendorId" | "productId"> {
  return { vendorId, productId };
}
