/** Whether the screen is a telephone's. @module */
import { createSignal, onCleanup } from "solid-js";

/** Follows the width of the window. */
export function createNarrow(query = "(max-width: 40rem)"): () => boolean {
  const media = matchMedia(query);
  const [isNarrow, setNarrow] = createSignal(media.matches);
  const listen = () => setNarrow(media.matches);
  media.addEventListener("change", listen);
  onCleanup(() => media.removeEventListener("change", listen));
  return isNarrow;
}
