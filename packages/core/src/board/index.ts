/**
 * One board worked on through losses of its port: unplugged, it is waited for, and what is right already is not done again.
 *
 * @module
 */

// The port
export { awaitPort, type PortPlaces, type PortWait } from "./await-port.js";
// The board behind it
export { Board, type BoardParts, MAX_LOSSES, WAIT_SECONDS } from "./board.js";
// Reading and writing it
export { lastingBackup } from "./lasting-backup.js";
export { LastingPort } from "./lasting-port.js";
export { lastingSource } from "./lasting-source.js";
// Leaving it
export { leaveBoard } from "./leave-board.js";
export { runThroughLosses } from "./run-through-losses.js";
// Watching it start
export { watchStart } from "./watch-start.js";
