/**
 * The agent's plain requests as an app without a socket: who is let in, and the few things that can be asked. The host is
 * checked before it, and WebSockets are opened beside it (`server`).
 *
 * @module
 */
import { clearOfControls } from "@flashwright/node-transport";
import type { Hono as App, Context } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { Hono } from "hono/tiny";
import { addHello } from "./routes/hello.js";
import { addPage } from "./routes/page.js";
import { addPairing } from "./routes/pairing.js";
import type { AppParts } from "./routes/parts.js";
import { addReconnect } from "./routes/reconnect.js";
import { addSession } from "./routes/session.js";
import { answerHeaders } from "./security/answer-headers.js";
import { callerOf, refuse } from "./security/caller.js";
import { cors } from "./security/cors.js";

const LONGEST_PATH = 100;

/** Makes the app. */
export function createApp(parts: AppParts): App {
  const app = new Hono();
  app.use(logged(parts));
  app.use(answerHeaders());
  app.use(unstored);
  app.use(counted(parts));
  app.use("/api/*", cors(parts.access));
  app.use(methodNotAllowed({ app }));
  addHello(app, parts);
  addSession(app, parts);
  addPairing(app, parts);
  addReconnect(app, parts);
  addPage(app, parts);
  app.notFound((c) => c.text("there is nothing here\n", 404));
  app.onError((error, c) => {
    parts.onFailure(error);
    return c.text("the agent failed\n", 500);
  });
  return app;
}

/** The path as it can be shown: without its query, short, and without what steers a terminal. */
export function shownPath(path: string): string {
  return clearOfControls(path.split("?", 1)[0]!.slice(0, LONGEST_PATH));
}

function logged({ clock, onRequest }: AppParts) {
  return async function log(c: Context, next: () => Promise<void>): Promise<void> {
    const start = clock.now();
    await next();
    const { method, path } = c.req;
    onRequest({ method, path: shownPath(path), status: c.res.status, ms: Math.round(clock.now() - start) });
  };
}

/** Answers hold tokens, and a page of yesterday's agent is of no use. */
async function unstored(c: Context, next: () => Promise<void>): Promise<void> {
  await next();
  c.header("Cache-Control", "no-store");
}

function counted({ access }: AppParts) {
  return async function count(c: Context, next: () => Promise<void>): Promise<Response | undefined> {
    const refusal = access.count(callerOf(c));
    if (refusal !== undefined) return refuse(c, refusal);
    await next();
    return undefined;
  };
}
