/** What the routes are given. @module */
import type { Clock } from "@flashwright/core";
import type { Pairings } from "../pairing/pairings.js";
import type { Reconnects } from "../pairing/reconnects.js";
import type { Access } from "../security/access.js";
import type { LaunchCodes } from "../security/launch-codes.js";
import type { Sessions } from "../security/sessions.js";

/** A file of the page. */
export interface PageFile {
  /** Media type with its charset. */
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** Files of the page by path: "/", "/page.js". Nothing else is ever served. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** What an agent's HTTP side is made of. */
export interface AppParts {
  readonly clock: Clock;
  readonly access: Access;
  readonly sessions: Sessions;
  readonly launchCodes: LaunchCodes;
  readonly pairings: Pairings;
  readonly reconnects: Reconnects;
  readonly page: PageFiles;
  /** Told of an answer, for a log; nothing in it is secret or can steer a terminal. */
  readonly onRequest: (request: RequestSeen) => void;
  /** A request failed for a reason of this side. */
  readonly onFailure: (error: Error) => void;
  /** A code that others may have seen came twice. */
  readonly onReplay: () => void;
}

/** A request and its answer in one line. */
export interface RequestSeen {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  readonly ms: number;
}
