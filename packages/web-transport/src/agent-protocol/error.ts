/** Core's errors on their way over a socket. @module */
import { FlasherError, isFlasherError, isMessageCode } from "@flashwright/core";
import * as v from "valibot";

const param = v.union([v.string(), v.number(), v.boolean(), v.array(v.string())]);

/** `FlasherError.toJSON()`; the words are made anew from code and parameters, those that came along are not believed. */
export const errorData = v.object({
  format: v.literal("flashwright/error"),
  version: v.literal(1),
  code: v.pipe(v.string(), v.maxLength(100)),
  params: v.record(v.string(), param),
  message: v.string(),
  hint: v.optional(v.string()),
  detail: v.optional(v.string()),
});

export type ErrorData = v.InferOutput<typeof errorData>;

/** Anything that was thrown, ready to be sent; what is no `FlasherError` becomes `agent-failed`. */
export function encodeError(error: unknown): ErrorData {
  const detail = error instanceof Error ? error.message : String(error);
  const known = isFlasherError(error) ? error : new FlasherError("agent-failed", { detail });
  return known.toJSON() as ErrorData;
}

/** The error again. One whose code this version does not know becomes `agent-failed` with its words as detail. */
export function parseError(data: ErrorData): FlasherError {
  const { code, params, message, detail } = data;
  if (!isMessageCode(code)) return new FlasherError("agent-failed", { detail: message });
  return new FlasherError(code, params, detail === undefined ? {} : { cause: new Error(detail) });
}
