/**
 * Serial ports of the browser as transports for Flashwright.
 *
 * @module
 */

// Time
export { browserClock } from "./browser-clock.js";
// Choosing
export { browserSerial } from "./web-serial/browser-serial.js";
export { grantedPorts, knownBridges, requestPort } from "./web-serial/choose-port.js";
export { adapterOf, describePort, describePorts, type WebPort } from "./web-serial/describe-ports.js";
// Opening
export { openWebSerialPort, type WebSerialPortOptions } from "./web-serial/open-web-serial-port.js";
export type { Disturbance } from "./web-serial/port-reader.js";
// What the browser has
export type { WebSerial, WebSerialFilter, WebSerialPort } from "./web-serial/serial-api.js";
export { type WebPortsChange, watchPorts } from "./web-serial/watch-ports.js";
