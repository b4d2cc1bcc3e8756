/** That a new version of the page is there. @module */
import { Show } from "solid-js";
import type { OfflineState } from "../offline/keep-offline.js";
import { words } from "../words/words.js";

/** Never while something is being done: whoever works at a board is not asked to leave it. */
export function UpdateNote(props: { readonly state: OfflineState; readonly isBusy: boolean }) {
  const reload = () => (props.state.kind === "update" && !props.isBusy ? props.state.reload : undefined);
  return (
    <Show when={reload()}>
      {(load) => (
        <output class="saved">
          {words.offline.update}{" "}
          <button type="button" onClick={() => load()()}>
            {words.offline.reload}
          </button>
        </output>
      )}
    </Show>
  );
}
