/** The page: files that were read when the agent started. No path of a request ever reaches the disk. @module */
import type { Hono } from "hono";
import { onlyVisitors } from "../security/page-visitor.js";
import type { AppParts } from "./parts.js";

/** Adds a route for each file. */
export function addPage(app: Hono, { access, page }: AppParts): void {
  for (const [path, { type, content }] of page) {
    app.get(path, onlyVisitors(access), (c) => c.body(content, 200, { "Content-Type": type }));
  }
}
