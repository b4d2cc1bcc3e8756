/** Text that came in, as a message or as nothing. @module */
import * as v from "valibot";

/** The message of a text frame or a body, checked against its schema; `undefined` for anything else. */
export function readMessage<S extends v.GenericSchema>(
  schema: S,
  text: string,
): v.InferOutput<S> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const result = v.safeParse(schema, value);
  return result.success ? result.output : undefined;
}
