/**
 * The agent: lends the serial ports of this computer to a browser.
 *
 * @module
 */

export type { PairingInfo, PairingState } from "@flashwright/web-transport/agent-protocol";
// What it tells
export type { AgentEvent } from "./agent-event.js";
// Asking one that runs
export { listPairings, revokePairing } from "./life/known-pairings.js";
export { connectToRunning, type TerminalLink } from "./life/terminal-link.js";
// Starting one
export type { PageFile, PageFiles } from "./routes/parts.js";
export { type AgentOptions, type RunningAgent, startAgent } from "./start-agent.js";
