/** Stand-ins for `navigator.serial` that know ports but cannot open them, for tests of lists. @module */
import type { WebSerial, WebSerialFilter, WebSerialPort } from "./serial-api.js";

/** A port that is only looked at. */
export function fakePort(usbVendorId?: number, usbProductId?: number, connected?: boolean): WebSerialPort {
  const ids = usbVendorId === undefined || usbProductId === undefined ? {} : { usbVendorId, usbProductId };
  const port = { getInfo: () => ids, ...(connected === undefined ? {} : { connected }) };
  return port as unknown as WebSerialPort;
}

/** The browser's side: a test changes `ports`, says so with `tell`, and reads what was asked. */
export class FakeSerial extends EventTarget implements WebSerial {
  ports: WebSerialPort[];
  /** The filters of each call of `requestPort`. */
  readonly asked: (readonly WebSerialFilter[] | undefined)[] = [];
  /** What the person chooses. */
  choice: WebSerialPort | Error | undefined;

  constructor(...ports: WebSerialPort[]) {
    super();
    this.ports = ports;
  }

  async getPorts(): Promise<WebSerialPort[]> {
    return [...this.ports];
  }

  async requestPort(options?: { readonly filters?: readonly WebSerialFilter[] }): Promise<WebSerialPort> {
    this.asked.push(options?.filters);
    if (this.choice instanceof Error || this.choice === undefined) throw this.choice;
    if (!this.ports.includes(this.choice)) this.ports.push(this.choice);
    return this.choice;
  }

  tell(type: "connect" | "disconnect"): void {
    this.dispatchEvent(new Event(type));
  }
}
