/** Bodies: JSON that says it is JSON, small, and of the right shape. @module */
import { agentLimits, readMessage } from "@flashwright/web-transport/agent-protocol";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import type * as v from "valibot";

/**
 * Turns away what is not declared as `application/json`: a page elsewhere cannot send that without asking first, whereas
 * `text/plain` it can.
 */
export async function onlyJson(c: Context, next: () => Promise<void>): Promise<Response | undefined> {
  if (c.req.header("content-type") !== "application/json")
    return c.text("the content type has to be application/json\n", 415);
  await next();
  return undefined;
}

/** Turns away large bodies, before and while they come. */
export const onlySmall = bodyLimit({
  maxSize: agentLimits.bodyBytes,
  onError: (c) => c.text("the body is too large\n", 413, { Connection: "close" }),
});

/** The body as a message; `undefined` for anything else. */
export async function bodyOf<S extends v.GenericSchema>(
  c: Context,
  schema: S,
): Promise<v.InferOutput<S> | undefined> {
  return readMessage(schema, await c.req.text());
}

export function unreadable(c: Context): Response {
  return c.text("the body is not what was expected\n", 400);
}
