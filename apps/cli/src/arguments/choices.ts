/** Options with a fixed set of answers. @module */
import { FlasherError } from "@flashwright/core";

/**
 * A parser for an option with these answers. Underscores count as hyphens, and case does not count.
 * @throws FlasherError (from the parser) `choice-invalid`
 */
export function choiceOf<const T extends string>(option: string, known: readonly T[]): (text: string) => T {
  return (text) => {
    const wanted = text.toLowerCase().replaceAll("_", "-");
    const found = known.find((choice) => choice === wanted);
    if (found === undefined) throw new FlasherError("choice-invalid", { text, option, known });
    return found;
  };
}
