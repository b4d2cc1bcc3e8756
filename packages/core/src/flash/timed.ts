/** Work on a region with its events around it. @module */
import type { Progress } from "../loader/loader.js";
import type { Clock } from "../transport.js";
import type { EventListener, Operation } from "./event.js";
import type { Region } from "./region.js";

/** Sends `started`, the `progress` that `work` reports, and `finished` with the time taken; after an error no `finished`. */
export async function timed<T>(
  clock: Clock,
  onEvent: EventListener,
  operation: Operation,
  region: Region,
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  const start = clock.now();
  onEvent({ type: "started", operation, region });
  const result = await work((doneBytes) => onEvent({ type: "progress", operation, region, doneBytes }));
  onEvent({ type: "finished", operation, region, elapsedMs: clock.now() - start });
  return result;
}
