/**
 * How a page gets a token for an agent: by the link that opened it, or by being paired, once and then again and again.
 *
 * @module
 */

// What an agent gave a page to keep
export type { NewPairing } from "../agent-protocol/index.js";
export type { AgentPlace, AnswerLike, FetchLike } from "./ask.js";
// Finding one
export { findAgent } from "./find-agent.js";
// Getting in
export { launchPage } from "./launch.js";
export { pairPage } from "./pair.js";
export { type CryptoLike, type Returning, returnToAgent } from "./reconnect.js";
