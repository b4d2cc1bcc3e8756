/**
 * The agent: lends the serial ports of this computer to a browser.
 *
 * @module
 */
export type { ControlOptions } from "./ports/control-session.js";
export type { CatalogueParts } from "./ports/port-catalogue.js";
export { type DeskEvent, PortDesk, type PortDeskParts } from "./ports/port-desk.js";
export type { AgentSocket, AgentSocketListener } from "./socket.js";
export { wsSocket } from "./ws-socket.js";
