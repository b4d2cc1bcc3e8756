/** What other pages may read of an answer: paired ones, and the one that is being paired. @module */
import type { Context } from "hono";
import type { Access } from "./access.js";

/** Echoes the one origin that asks, where it is a guest's, and answers its preflights. Cookies are never part of it. */
export function cors(access: Access) {
  return async function guestCors(c: Context, next: () => Promise<void>): Promise<Response | undefined> {
    const origin = c.req.header("origin");
    // Before the answer is made: a pairing may end with it.
    const isGuest = access.kindOf(origin) === "guest";
    if (c.req.method === "OPTIONS")
      return isGuest ? preflight(c, origin!) : c.text("this origin is not allowed\n", 403, VARY);
    await next();
    c.header("Vary", "Origin", { append: true });
    if (isGuest) c.header("Access-Control-Allow-Origin", origin);
    return undefined;
  };
}

const VARY = { Vary: "Origin" };

function preflight(c: Context, origin: string): Response {
  const asksForLoopback = c.req.header("access-control-request-private-network") === "true";
  return c.body(null, 204, {
    ...VARY,
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "0",
    ...(asksForLoopback ? { "Access-Control-Allow-Private-Network": "true" } : {}),
  });
}
