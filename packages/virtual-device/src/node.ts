/**
 * The virtual board for other programs: on a TCP port, as an RFC 2217 server, or as a pseudo terminal. Node only.
 *
 * @module
 */
export { ServeError, type ServeErrorCode } from "./serve/serve-error.js";
export { type PtyBoardServer, type PtyServeOptions, servePty } from "./serve/serve-pty.js";
export { serveRfc2217 } from "./serve/serve-rfc2217.js";
export { serveTcp } from "./serve/serve-tcp.js";
export type { BoardServer, OpenTransport, ServeEndCause, ServeEvent, ServeOptions } from "./serve/server.js";
export type { SocketBoardServer, SocketServeOptions } from "./serve/socket-server.js";
