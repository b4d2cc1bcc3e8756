/** The token of this page: for this window, until it is closed. @module */
import { launchCodeFrom } from "@flashwright/web-transport/agent-protocol";
import { launchPage } from "@flashwright/web-transport/agent-session";

const KEY = "flashwright.token";

/**
 * The token, new with the code of a link, or the one that this window has had; `undefined` where there is none.
 * @throws FlasherError `agent-unauthorised` when the code is no longer good and there is no token
 */
export async function takeToken(): Promise<string | undefined> {
  const code = launchCodeFrom(location.hash);
  // Before anything else: a code has no business in the history or in a picture of the screen.
  if (location.hash !== "") history.replaceState(null, "", location.pathname);
  if (code !== undefined) await exchange(code);
  return sessionStorage.getItem(KEY) ?? undefined;
}

/** It is no longer good. */
export function dropToken(): void {
  sessionStorage.removeItem(KEY);
}

async function exchange(code: string): Promise<void> {
  try {
    sessionStorage.setItem(KEY, await launchPage({ url: location.origin }, code));
  } catch (error) {
    // A link that was opened a second time in the same window.
    if (sessionStorage.getItem(KEY) === null) throw error;
  }
}
