/**
 * Serial ports, TCP sockets and RFC 2217 servers as transports for Flashwright, on Node.
 *
 * @module
 */

// What is behind a port
export { bridgeName } from "@flashwright/core/port";
// Opening
export { type PortAddress, parseAddress } from "./address.js";
export { type OpenTransportOptions, openTransport } from "./open-transport.js";
// Listing
export { clearOfControls } from "./ports/clear-text.js";
export { type FoundPort, type ListedPort, type ListPortsOptions, listPorts } from "./ports/list-ports.js";
export { findPortUsers, type PortUser, type PortUsersOptions } from "./ports/port-users.js";
export { isSamePort, type PortsChange, type WatchPortsOptions, watchPorts } from "./ports/watch-ports.js";
export { openRfc2217, type Rfc2217Options } from "./rfc2217/open-rfc2217.js";
export { openSerialPort, type SerialBinding, type SerialPortOptions } from "./serial/open-serial-port.js";
// Time
export { systemClock } from "./system-clock.js";
export { openSocket } from "./tcp/open-socket.js";
