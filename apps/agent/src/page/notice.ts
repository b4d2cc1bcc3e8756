/** Words when there is nothing else to show. @module */
import { FlasherError, isFlasherError } from "@flashwright/core";
import { element, textWithCode } from "./dom.js";

/** What happened, and what to do. */
export function notice(title: string, text: string): HTMLElement {
  return element("section", "notice", element("h2", "", title), element("p", "", ...textWithCode(text)));
}

/** Nobody has opened this window with a link that is still good. */
export function linkNeeded(): HTMLElement {
  return notice(
    "This window needs a new link",
    "Run `flashwright agent link` in a terminal and open what it prints. A link is good once, within a minute; " +
      "what it opened ends with its window or with the agent.",
  );
}

/** An error, and what can be done about it here. */
export function failureNotice(error: unknown, ...actions: readonly HTMLElement[]): HTMLElement {
  return element("section", "notice", ...errorLines(error), ...actions);
}

/** An error in words, with its hint. */
export function errorLines(error: unknown): HTMLElement[] {
  const known = isFlasherError(error) ? error : new FlasherError("agent-failed", { detail: String(error) });
  const hint = known.hint === undefined ? [] : [element("p", "", ...textWithCode(known.hint))];
  return [element("p", "error", ...textWithCode(known.message)), ...hint];
}
