/** A sentence with `commands` in it. @module */
import { For } from "solid-js";

/** What stands between backquotes is set in the monospace. */
export function TextWithCode(props: { readonly text: string }) {
  return (
    <For each={props.text.split(/`([^`]+)`/)}>
      {(part, index) => (index() % 2 === 1 ? <code class="code">{part}</code> : part)}
    </For>
  );
}
