/**
 * What a transport is made of: the contract once, with its order, deadlines and end, over a driver for one kind of port.
 *
 * @module
 */

// Waiting that ends
export { lineTimeMs, within } from "./deadline.js";
// One port for several conversations
export { ForkedTransport } from "./forked-transport.js";
// The driver to write
export type { Lines, PortDriver } from "./port-driver.js";
export { createPortTurns, type PortTurns } from "./port-turns.js";
// The transport around it
export { QueuedTransport, type QueuedTransportParts } from "./queued-transport.js";
export { HIGH_WATER_BYTES, ReceiveQueue, type ReceiveQueueObserver } from "./receive-queue.js";
// What is behind a port
export { bridgeName, bridgeVendorIds } from "./usb-bridges.js";
