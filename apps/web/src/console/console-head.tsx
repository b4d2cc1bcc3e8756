/** Whose console it is, at which rate, and how the board is started. @module */
import { For, Show } from "solid-js";
import { words } from "../words/words.js";
import type { ConsoleActions, ConsoleState } from "./create-console.js";

/** The head of the panel. */
export function ConsoleHead(props: {
  readonly state: ConsoleState;
  readonly actions: ConsoleActions;
  readonly onClose: () => void;
}) {
  return (
    <header class="console-head">
      <h2 id="console-title">
        {words.console.title}
        <Show when={props.state.kind}>
          {(kind) => <span class="faint"> {words.console.kinds[kind()]}</span>}
        </Show>
      </h2>
      <div class="buttons">
        <label class="field">
          {words.console.rate}
          <select
            value={props.state.settings.baudRate}
            onChange={(event) => props.actions.set({ baudRate: Number(event.currentTarget.value) })}
          >
            <For each={words.console.rates}>{([value, label]) => <option value={value}>{label}</option>}</For>
          </select>
        </label>
        <Show when={props.state.canReset}>
          <button type="button" onClick={() => void props.actions.reset(false)}>
            {words.console.reset}
          </button>
          <button
            type="button"
            title={words.console.resetReadNote}
            onClick={() => void props.actions.reset(true)}
          >
            {words.console.resetRead}
          </button>
        </Show>
        <button type="button" onClick={() => props.onClose()}>
          {words.console.close}
        </button>
      </div>
    </header>
  );
}
