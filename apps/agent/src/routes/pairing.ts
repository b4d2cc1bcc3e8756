/** `pairing`: another page shows the code that stands in the terminal. @module */
import { agentPaths, pairingRequest } from "@flashwright/web-transport/agent-protocol";
import type { Hono } from "hono";
import { only } from "../security/caller.js";
import { bodyOf, onlyJson, onlySmall, unreadable } from "../security/json-body.js";
import type { AppParts } from "./parts.js";

/** Adds the route. */
export function addPairing(app: Hono, { access, pairings }: AppParts): void {
  app.post(agentPaths.pairing, only(access, "guest"), onlyJson, onlySmall, async (c) => {
    const body = await bodyOf(c, pairingRequest);
    if (body === undefined) return unreadable(c);
    const tried = await pairings.try(c.req.header("origin")!, body.code);
    if (tried.outcome === "closed") return c.text("no pairing is open\n", 410);
    if (tried.outcome === "wrong") return c.json({ triesLeft: tried.triesLeft }, 401);
    return c.json(tried.pairing);
  });
}
