/**
 * The parts of the Web Serial API that are used here, as types: TypeScript's DOM library has none of it. A browser's
 * `navigator.serial` fits, and so does a stand-in.
 *
 * Source: https://wicg.github.io/serial/
 *
 * @module
 */

/** `navigator.serial`, of a page or of a worker. */
export interface WebSerial {
  /** Asks the person for a port. Missing in workers; in a page it must follow from a click or a key. */
  requestPort?(options?: { readonly filters?: readonly WebSerialFilter[] }): Promise<WebSerialPort>;
  /** The ports that this origin may use. */
  getPorts(): Promise<readonly WebSerialPort[]>;
  addEventListener(
    type: "connect" | "disconnect",
    listener: (event: { readonly target: unknown }) => void,
  ): void;
  removeEventListener(
    type: "connect" | "disconnect",
    listener: (event: { readonly target: unknown }) => void,
  ): void;
}

/** Which ports `requestPort` offers: all of a USB vendor, or one product. */
export interface WebSerialFilter {
  readonly usbVendorId?: number;
  readonly usbProductId?: number;
}

/** A port, open or not. */
export interface WebSerialPort {
  /** Another one after each error that is not fatal; `null` while the port is closed, and after a fatal error. */
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  /** Whether it is plugged in; browsers that do not tell leave it out. */
  readonly connected?: boolean;
  getInfo(): { readonly usbVendorId?: number; readonly usbProductId?: number };
  open(options: { readonly baudRate: number; readonly bufferSize?: number }): Promise<void>;
  setSignals(signals: {
    readonly dataTerminalReady?: boolean;
    readonly requestToSend?: boolean;
    readonly break?: boolean;
  }): Promise<void>;
  close(): Promise<void>;
  addEventListener(type: "connect" | "disconnect", listener: () => void): void;
  removeEventListener(type: "connect" | "disconnect", listener: () => void): void;
}
