/** A static host, as plain as they come: files of a folder that can be another one tomorrow. @module */
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
  ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

/** A host that is up. */
export interface StaticHost {
  readonly port: number;
  /** What it serves from now on. */
  folder: string;
  close(): Promise<void>;
}

/**
 * Serves on loopback, below `/tool/` as on a host that has other pages too.
 * @param secure key and certificate, for HTTPS
 */
export async function startStaticHost(
  folder: string,
  { port = 0, secure }: { port?: number; secure?: { key: string; cert: string } } = {},
): Promise<StaticHost> {
  const host = { port, folder, close };
  const answer: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    const path = normalize(decodeURIComponent(pathname.replace(/^\/tool\//, "")) || "index.html");
    const file = join(host.folder, path);
    const isThere = pathname.startsWith("/tool/") && !path.startsWith("..") && existsSync(file);
    if (!isThere || !statSync(file).isFile()) return response.writeHead(404).end("not here");
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    return response
      .writeHead(200, { "Content-Type": type, "Cache-Control": "max-age=600" })
      .end(readFileSync(file));
  };
  const server = secure === undefined ? createServer(answer) : createSecureServer(secure, answer);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  host.port = (server.address() as AddressInfo).port;
  return host;

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
