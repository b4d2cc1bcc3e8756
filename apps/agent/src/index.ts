/**
 * The agent: lends the serial ports of this computer to a browser.
 *
 * @module
 */

export type { PairingInfo, PairingState } from "@flashwright/web-transport/agent-protocol";
// Running one
export type { AgentEvent } from "./agent-event.js";
// Asking one that runs
export { listPairings, revokePairing } from "./life/known-pairings.js";
export { connectToRunning, type TerminalLink } from "./life/terminal-link.js";
// Its parts, for an agent of another make
export type { ControlOptions } from "./ports/control-session.js";
export type { CatalogueParts } from "./ports/port-catalogue.js";
export { type DeskEvent, PortDesk, type PortDeskParts } from "./ports/port-desk.js";
export type { PageFile, PageFiles, RequestSeen } from "./routes/parts.js";
export type { AgentSocket, AgentSocketListener } from "./socket.js";
export { type AgentOptions, type RunningAgent, startAgent } from "./start-agent.js";
export { wsSocket } from "./ws-socket.js";
