/** Who may load the page's files: a person who goes there, and the page itself. @module */
import type { Context } from "hono";
import { type Access, FOREIGN } from "./access.js";
import { refuse } from "./caller.js";

/** Turns away other sites that load the page as a part of theirs. Old browsers do not say; the files are no secret. */
export function onlyVisitors(access: Access) {
  return async function visitors(c: Context, next: () => Promise<void>): Promise<Response | undefined> {
    const kind = access.kindOf(c.req.header("origin"));
    const isPartOfAnother = !isOwnOrUnsaid(c.req.header("sec-fetch-site")) && !isVisit(c);
    if ((kind !== "none" && kind !== "own") || isPartOfAnother) return refuse(c, FOREIGN);
    await next();
    return undefined;
  };
}

function isOwnOrUnsaid(site: string | undefined): boolean {
  return site === undefined || site === "same-origin" || site === "none";
}

/** A link that a person followed, in a window of its own. */
function isVisit(c: Context): boolean {
  return c.req.header("sec-fetch-mode") === "navigate" && c.req.header("sec-fetch-dest") === "document";
}
