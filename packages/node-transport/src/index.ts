/**
 * Serial ports, TCP sockets and RFC 2217 servers as transports for Flashwright, on Node.
 *
 * @module
 */

// Opening
export { type PortAddress, parseAddress } from "./address.js";
export { type OpenTransportOptions, openTransport } from "./open-transport.js";
export { openSerialPort, type SerialBinding, type SerialPortOptions } from "./serial/open-serial-port.js";
// Time
export { systemClock } from "./system-clock.js";
