/**
 * The agent: lends the serial ports of this computer to a browser.
 *
 * @module
 */
export type { AgentSocket, AgentSocketListener } from "./socket.js";
