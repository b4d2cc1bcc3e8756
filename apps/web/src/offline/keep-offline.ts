/** Keeps this page for use without a network, and notices when a new version of it is there. @module */
import type { WorkerMessage } from "./messages.js";

/** How the page stands. `update`: a new version is kept, and waits until somebody wants it. */
export type OfflineState =
  | { readonly kind: "online" }
  | { readonly kind: "ready" }
  | { readonly kind: "update"; readonly reload: () => void };

/** The part of the browser's container that is used. */
type Container = Pick<ServiceWorkerContainer, "register" | "ready" | "addEventListener">;

/**
 * Registers the service worker beside the page; other registrations are left alone. A browser that refuses, as some do in
 * private windows, leaves the page as it is without one.
 */
export async function keepOffline(
  tell: (state: OfflineState) => void,
  container: Container = navigator.serviceWorker,
): Promise<void> {
  const registration = await container
    .register("./sw.js", { scope: "./", updateViaCache: "none" })
    .catch(() => undefined);
  if (registration === undefined) return;
  const hadVersion = registration.active !== null;
  const offer = (worker: ServiceWorker) =>
    tell({ kind: "update", reload: () => reloadInto(container, worker) });
  const follow = (worker: ServiceWorker) =>
    worker.addEventListener("statechange", () => {
      if (worker.state === "installed" && hadVersion) offer(worker);
    });
  registration.addEventListener("updatefound", () => {
    if (registration.installing !== null) follow(registration.installing);
  });
  if (registration.installing !== null) follow(registration.installing);
  if (registration.waiting !== null && hadVersion) return offer(registration.waiting);
  const { active } = await container.ready;
  send(active, "page-loaded");
  if (registration.waiting === null) tell({ kind: "ready" });
}

/** Only the page where somebody asked for it is loaded again; the others go on with what they have. */
function reloadInto(container: Container, worker: ServiceWorker): void {
  // Another page was quicker.
  if (worker.state !== "installed") location.reload();
  container.addEventListener("controllerchange", () => location.reload(), { once: true });
  send(worker, "take-over");
}

function send(worker: ServiceWorker | null, message: WorkerMessage): void {
  worker?.postMessage(message);
}
