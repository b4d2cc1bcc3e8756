/** What an agent tells the terminal. @module */
import type { MessageCode, MessageParams } from "@flashwright/core";
import type { DeskEvent } from "./ports/port-desk.js";
import type { RequestSeen } from "./routes/parts.js";

/** Something that happened. No token, code, query or byte of a board is in it, and nothing that steers a terminal. */
export type AgentEvent =
  | DeskEvent
  | ({ readonly type: "request" } & RequestSeen)
  | { readonly type: "warning"; readonly code: MessageCode; readonly params: MessageParams };
