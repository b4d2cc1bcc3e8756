/** Commands as buttons. @module */
import { For } from "solid-js";
import type { ConsoleKind } from "../engine/engine.js";
import { words } from "../words/words.js";
import { shortcuts } from "./shortcuts.js";

/** Each types its command, and Enter. */
export function ShortcutList(props: {
  readonly kind: ConsoleKind;
  readonly onRun: (command: string) => void;
}) {
  return (
    <section aria-labelledby="shortcuts-title" class="shortcuts">
      <h3 id="shortcuts-title" class="label">
        {words.console.shortcuts}
      </h3>
      <div class="buttons">
        <For each={shortcuts[props.kind]}>
          {(command) => (
            <button type="button" class="code" onClick={() => props.onRun(command)}>
              {command}
            </button>
          )}
        </For>
      </div>
    </section>
  );
}
