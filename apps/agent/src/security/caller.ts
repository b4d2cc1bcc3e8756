/** Where a request comes from, read off its headers. @module */
import type { Context } from "hono";
import type { Access, Caller, OriginKind, Refusal } from "./access.js";

const BEARER = /^Bearer ([A-Za-z0-9_-]{22,100})$/;

/** The caller of a plain request. */
export function callerOf(c: Context): Caller {
  return {
    origin: c.req.header("origin"),
    fetchSite: c.req.header("sec-fetch-site"),
    token: BEARER.exec(c.req.header("authorization") ?? "")?.[1],
  };
}

/** Answers with a refusal. */
export function refuse(c: Context, { status, reason }: Refusal): Response {
  return c.text(`${reason}\n`, status);
}

/** Lets only pages of these kinds through, and who has a token where `none` is among them. */
export function only(access: Access, ...kinds: OriginKind[]) {
  return async function onlyThese(c: Context, next: () => Promise<void>): Promise<Response | undefined> {
    const refusal = access.judge(callerOf(c), kinds);
    if (refusal !== undefined) return refuse(c, refusal);
    await next();
    return undefined;
  };
}
