/**
 * A net under everything that leaves as JSON.
 *
 * @module
 */

/** What stands in place of a password. */
export const HIDDEN = "(hidden)";

/** Names of fields that hold passwords: `password`, `passwordAP`, `accessPointPassword`, `psk`. */
const SECRET_NAME = /pass(word|phrase)|psk/i;

/**
 * For `JSON.stringify` as its second argument: leaves out passwords, told by the names of their fields, and bytes of any kind,
 * which may be content of a flash; of bytes only their number is told. Nothing in this project puts either into JSON; this
 * holds when somebody does.
 */
export function hideSecrets(key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return { hiddenBytes: value.byteLength };
  return typeof value === "string" && value !== "" && SECRET_NAME.test(key) ? HIDDEN : value;
}
