/** Whether this page can be used without a network. Nothing of the kind on a page that an agent serves. @module */
import { type Accessor, createSignal } from "solid-js";
import type { OfflineState } from "../offline/keep-offline.js";

/** Begins when everything else is loaded, and only in a build: what is being worked on has no versions. */
export function createOffline(isOwnSite: boolean): Accessor<OfflineState> {
  const [state, setState] = createSignal<OfflineState>({ kind: "online" });
  if (!isOwnSite || import.meta.env.MODE !== "production" || !("serviceWorker" in navigator)) return state;
  const begin = async () => {
    const { keepOffline } = await import("../offline/keep-offline.js");
    await keepOffline(setState);
  };
  if (document.readyState === "complete") void begin();
  else addEventListener("load", () => void begin(), { once: true });
  return state;
}
