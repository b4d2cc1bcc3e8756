/** What this page keeps of its pairing with an agent, for the next visit. @module */

/** A pairing, and where its agent was. */
export interface StoredPairing {
  readonly pairingId: string;
  /** Known to this page's origin and to the agent; it never goes over the wire. */
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** "http://127.0.0.1:8266" */
  readonly url: string;
}

const KEY = "flashwright.pairing";

/** The pairing; `undefined` where there is none that is good still, and where the browser keeps nothing for this page. */
export function storedPairing(): StoredPairing | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null") as StoredPairing | null;
    return found !== null && found.expiresAt > Date.now() ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a pairing, or forgets it. Where the browser keeps nothing, the next visit pairs anew. */
export function storePairing(pairing: StoredPairing | undefined): void {
  try {
    if (pairing === undefined) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(pairing));
  } catch {}
}
