/** `reconnect`: a paired page comes again. The agent proves itself first, then the page does. @module */
import {
  agentPaths,
  challengeRequest,
  proofRequest,
  type SessionToken,
} from "@flashwright/web-transport/agent-protocol";
import type { Hono } from "hono";
import { only, refuse } from "../security/caller.js";
import { bodyOf, onlyJson, onlySmall, unreadable } from "../security/json-body.js";
import type { AppParts } from "./parts.js";

/** Adds the routes. */
export function addReconnect(app: Hono, { access, pairings, reconnects }: AppParts): void {
  const guards = [only(access, "guest"), onlyJson, onlySmall] as const;
  app.post(agentPaths.challenge, ...guards, async (c) => {
    const body = await bodyOf(c, challengeRequest);
    if (body === undefined) return unreadable(c);
    const challenge = reconnects.challenge(c.req.header("origin")!, body.pairingId, body.pageNonce);
    return challenge === undefined ? refuse(c, access.wrong()) : c.json(challenge);
  });
  app.post(agentPaths.reconnect, ...guards, async (c) => {
    const body = await bodyOf(c, proofRequest);
    if (body === undefined) return unreadable(c);
    const { pairingId, agentNonce, proof } = body;
    const origin = c.req.header("origin")!;
    if (!reconnects.accept(origin, pairingId, agentNonce, proof)) return refuse(c, access.wrong());
    const answer: SessionToken = { token: pairings.openSession({ id: pairingId, origin }) };
    return c.json(answer);
  });
}
