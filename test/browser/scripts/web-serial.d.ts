import type { WebSerial } from "@flashwright/web-transport";

/** The browser under test has Web Serial, of which TypeScript's own library knows nothing. */
declare global {
  interface Navigator {
    readonly serial: WebSerial;
  }
  interface WorkerNavigator {
    readonly serial: WebSerial;
  }
}
