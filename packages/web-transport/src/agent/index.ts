/**
 * The ports of an agent, for a page or any other client of it.
 *
 * @module
 */

export type { AgentPort, AgentPortKind, PairingInfo, PairingState } from "../agent-protocol/index.js";
// Finding one's own on this computer, in Node
export { parseRuntimeFile, RUNTIME_FILE } from "../agent-protocol/index.js";
// Reaching an agent
export type { AgentAccess } from "./agent-address.js";
// Following its list, and what it answers
export {
  type AgentAnswer,
  type AgentClient,
  type AgentEvent,
  type AgentOptions,
  type AgentRequest,
  connectAgent,
} from "./connect-agent.js";
// One port
export { type AgentPortOptions, openAgentPort } from "./open-agent-port.js";
// What a WebSocket must be
export type { WebSocketClass, WebSocketLike } from "./web-socket.js";
