/** `hello`: that this is an agent, and nothing about this computer. @module */
import { agentPaths, type Hello } from "@flashwright/web-transport/agent-protocol";
import type { Hono } from "hono";
import { only } from "../security/caller.js";
import type { AppParts } from "./parts.js";

const HELLO: Hello = { name: "flashwright-agent", protocol: 1 };

/** Adds the route. */
export function addHello(app: Hono, { access }: AppParts): void {
  app.get(agentPaths.hello, only(access, "own", "guest", "none"), (c) => c.json(HELLO));
}
