/** How it ended. @module */
import { For, onMount, Show } from "solid-js";
import type { FlasherActions } from "../primitives/create-flasher.js";
import type { DoneReport } from "../report/reports.js";
import { words } from "../words/words.js";

/** What was written and verified, and what the board does now. */
export function DonePanel(props: {
  readonly done: DoneReport;
  readonly bootLines: readonly string[];
  readonly actions: FlasherActions;
}) {
  let heading!: HTMLHeadingElement;
  onMount(() => heading.focus());
  const verdict = () => props.done.verdict;
  return (
    <section class="panel done" aria-labelledby="done-title">
      <h2 id="done-title" tabindex="-1" ref={heading} class={`is-${verdict()?.kind ?? "written"}`}>
        {words.done.title}
        <Show when={verdict()}>{(found) => <>. {words.done.verdicts[found().kind]}.</>}</Show>
      </h2>
      <p>{props.done.result}</p>
      <Show when={verdict()}>
        {(found) => (
          <>
            <p>{found().text}</p>
            <Show when={found().hint}>
              <p class="hint">{found().hint}</p>
            </Show>
          </>
        )}
      </Show>
      <Show when={props.done.slot}>{(slot) => <p classList={{ warning: !slot().ok }}>{slot().text}</p>}</Show>
      <Show when={props.bootLines.length > 0}>
        <h3 class="label">{words.done.boot}</h3>
        <pre class="boot" role="log" tabindex="0" aria-label={words.done.boot}>
          <For each={props.bootLines}>{(line) => `${line}\n`}</For>
        </pre>
      </Show>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => void props.actions.examine()}>
          {words.done.examine}
        </button>
        <button type="button" onClick={() => props.actions.showConsole(true)}>
          {words.console.open}
        </button>
        <button type="button" onClick={() => void props.actions.disconnect()}>
          {words.done.again}
        </button>
      </div>
    </section>
  );
}
