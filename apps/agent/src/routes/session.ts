/** `session`: the agent's own page exchanges the code of its link for a token. @module */
import { agentPaths, launchRequest, type SessionToken } from "@flashwright/web-transport/agent-protocol";
import type { Hono } from "hono";
import { only, refuse } from "../security/caller.js";
import { bodyOf, onlyJson, onlySmall, unreadable } from "../security/json-body.js";
import { fingerprint, sameFingerprint } from "../security/secrets.js";
import type { AppParts } from "./parts.js";

/** Adds the route. */
export function addSession(app: Hono, parts: AppParts): void {
  const { access, sessions, launchCodes } = parts;
  app.post(agentPaths.session, only(access, "own"), onlyJson, onlySmall, async (c) => {
    const body = await bodyOf(c, launchRequest);
    if (body === undefined) return unreadable(c);
    const origin = c.req.header("origin")!;
    const redeemed = launchCodes.redeem(body.launchCode, () => sessions.open({ kind: "page", origin }));
    if (redeemed.outcome === "replayed") endReplayed(parts, redeemed.token);
    if (redeemed.outcome !== "token") return refuse(c, access.wrong());
    const answer: SessionToken = { token: redeemed.token };
    return c.json(answer);
  });
}

/** Of two that came with one code nobody knows which was the user: neither stays. */
function endReplayed({ sessions, onReplay }: AppParts, token: string): void {
  const first = fingerprint(token);
  sessions.end((session) => sameFingerprint(session.fingerprint, first));
  onReplay();
}
