/** The token of this window for the agent that serves it: it ends with the window, or with the agent. @module */

const KEY = "flashwright.token";

/** The token; `undefined` where there is none. */
export function storedToken(): string | undefined {
  return sessionStorage.getItem(KEY) ?? undefined;
}

/** Keeps a new one, or none. */
export function storeToken(token: string | undefined): void {
  if (token === undefined) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, token);
}
