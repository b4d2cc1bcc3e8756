/** Listening on the loopback interface, and nowhere else. @module */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FlasherError } from "@flashwright/core";
import { codeOf } from "../private-file.js";

/** Limits of every connection before anything of it is looked at. */
const LIMITS = {
  maxHeaderSize: 8192,
  /** From the first byte of a request to the end of its headers. */
  headersTimeout: 5000,
  /** To the end of its body. */
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  /** How often the first two are looked at. */
  connectionsCheckingInterval: 1000,
};
const MAX_CONNECTIONS = 128;
const MAX_HEADERS = 64;

/** Servers of one agent with one port number; the second is missing where there is no IPv6. */
export interface Listening {
  readonly servers: readonly Server[];
  readonly port: number;
}

/**
 * Listens on 127.0.0.1 and ::1 at the first of these TCP ports that is free on both; 0 is any.
 * @throws FlasherError `agent-ports-taken`
 */
export async function listenOnLoopback(tcpPorts: readonly number[]): Promise<Listening> {
  for (const port of tcpPorts) {
    const servers = await tryListen(port);
    if (servers !== undefined) return servers;
  }
  throw new FlasherError("agent-ports-taken", { ports: tcpPorts.map(String) });
}

async function tryListen(wanted: number): Promise<Listening | undefined> {
  const first = await listen("127.0.0.1", wanted);
  if (typeof first === "string") return undefined;
  const { port } = first.address() as AddressInfo;
  const second = await listen("::1", port);
  if (second === "taken") {
    first.close();
    return undefined;
  }
  return { servers: second === "unavailable" ? [first] : [first, second], port };
}

/** For the moment in which a port is taken and nobody is at work yet. */
function notYet(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { Connection: "close" }).end();
}

async function listen(host: string, port: number): Promise<Server | "taken" | "unavailable"> {
  const server = createServer(LIMITS, notYet);
  server.maxConnections = MAX_CONNECTIONS;
  server.maxHeadersCount = MAX_HEADERS;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host, port, exclusive: true }, () => {
        server.off("error", reject);
        resolve();
      });
    });
    return server;
  } catch (error) {
    const code = codeOf(error);
    if (code === "EADDRINUSE" || code === "EACCES") return "taken";
    if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT") return "unavailable";
    throw error;
  }
}
