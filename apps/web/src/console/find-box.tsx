/** Finding a text in what the terminal still has. @module */
import { createSignal, onCleanup, onMount, Show } from "solid-js";
import { words } from "../words/words.js";
import type { TerminalHandle } from "./terminal-view.js";

/** Enter goes on, with Shift back; Escape ends. */
export function FindBox(props: { readonly terminal: TerminalHandle; readonly onClose: () => void }) {
  let input!: HTMLInputElement;
  const [isMissing, setMissing] = createSignal(false);
  const find = (isForward: boolean) => {
    setMissing(input.value !== "" && !props.terminal.find(input.value, isForward));
  };
  onMount(() => input.focus());
  onCleanup(() => props.terminal.endFind());
  return (
    <search class="find-box">
      <label class="field">
        {words.console.find}
        <input
          type="text"
          class="code"
          ref={input}
          onKeyDown={(event) => {
            if (event.key === "Escape") props.onClose();
            if (event.key === "Enter") find(!event.shiftKey);
          }}
        />
      </label>
      <button type="button" onClick={() => find(false)}>
        {words.console.findPrevious}
      </button>
      <button type="button" onClick={() => find(true)}>
        {words.console.findNext}
      </button>
      <span role="status" class="faint">
        <Show when={isMissing()}>{words.console.findNothing}</Show>
      </span>
    </search>
  );
}
