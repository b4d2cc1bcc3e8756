/**
 * What an agent and its clients say to each other: the one definition, for both sides.
 *
 * @module
 */

// Signs of life
export { type BeatListener, Beats } from "./beats.js";
// What clients of the control socket say and hear
export {
  type AgentPort,
  type AgentPortKind,
  type ControlMessage,
  type ControlRequest,
  controlMessage,
  controlRequest,
  type PairingInfo,
  type PairingState,
} from "./control.js";
// Errors on their way
export { type ErrorData, encodeError, parseError } from "./error.js";
// Plain HTTP
export {
  type Challenge,
  challenge,
  challengeRequest,
  type Hello,
  hello,
  launchRequest,
  type NewPairing,
  newPairing,
  pairingRefusal,
  pairingRequest,
  proofRequest,
  type SessionToken,
  sessionToken,
} from "./http.js";
export { agentLimits } from "./limits.js";
export {
  agentPaths,
  agentTcpPorts,
  launchCodeFrom,
  launchFragment,
  portPath,
  SUBPROTOCOL,
  tokenFromSubprotocols,
  withToken,
} from "./paths.js";
// What clients of an open port say and hear
export { type PortMessage, type PortRequest, portMessage, portRequest } from "./port.js";
export { type ProofRole, proofText } from "./proof.js";
// Text of a socket or a body into a message
export { readMessage } from "./read-message.js";
// What a running agent leaves for programs of its user
export { type AgentRuntime, parseRuntimeFile, RUNTIME_FILE } from "./runtime-file.js";
