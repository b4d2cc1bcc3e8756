/** A transport that lives in a page, as a transport of the test. @module */
import {
  FlasherError,
  type SignalStep,
  type Transport,
  type TransportCapabilities,
  type TransportEnd,
} from "@flashwright/core";
import type { Page } from "playwright-core";
import type { TransportPage } from "../scripts/transport-page.js";

declare const page: TransportPage;

type Answer = Awaited<ReturnType<TransportPage["read"]>>;

/** Every call goes to the page as it is made. */
class RemoteTransport implements Transport {
  readonly closed: Promise<TransportEnd>;

  constructor(
    readonly browserPage: Page,
    readonly id: number,
    readonly label: string,
    readonly capabilities: TransportCapabilities,
  ) {
    this.closed = browserPage.evaluate((which) => page.closed(which), id);
    this.closed.catch(() => {});
  }

  async read(): Promise<Uint8Array | undefined> {
    const text = unwrap(await this.browserPage.evaluate((id) => page.read(id), this.id));
    return text === undefined ? undefined : new Uint8Array(Buffer.from(text, "base64"));
  }

  async write(bytes: Uint8Array): Promise<void> {
    const text = Buffer.from(bytes).toString("base64");
    unwrap(await this.browserPage.evaluate(([id, data]) => page.write(id, data), [this.id, text] as const));
  }

  async drain(): Promise<void> {
    unwrap(await this.browserPage.evaluate((id) => page.drain(id), this.id));
  }

  async discard(): Promise<void> {
    unwrap(await this.browserPage.evaluate((id) => page.discard(id), this.id));
  }

  async signal(steps: readonly SignalStep[]): Promise<void> {
    unwrap(await this.browserPage.evaluate(([id, all]) => page.signal(id, all), [this.id, steps] as const));
  }

  async setBaudRate(baudRate: number): Promise<void> {
    unwrap(
      await this.browserPage.evaluate(([id, rate]) => page.setBaudRate(id, rate), [
        this.id,
        baudRate,
      ] as const),
    );
  }

  async close(): Promise<void> {
    unwrap(await this.browserPage.evaluate((id) => page.close(id), this.id));
  }

  abort(): void {
    void this.browserPage.evaluate((id) => page.abort(id), this.id).catch(() => {});
  }
}

/** Opens a port in a page with `transport-page` loaded. */
export async function openInPage(browserPage: Page, at: number, baudRate: number): Promise<Transport> {
  const { id, label, capabilities } = await browserPage.evaluate(([port, rate]) => page.open(port, rate), [
    at,
    baudRate,
  ] as const);
  return new RemoteTransport(browserPage, id, label, capabilities);
}

function unwrap(answer: Answer): string | undefined {
  if (!("failure" in answer)) return answer.value;
  if (answer.failure === undefined) throw new Error(answer.message);
  throw FlasherError.fromJSON(answer.failure as Parameters<typeof FlasherError.fromJSON>[0]);
}
