/** How the console is read and shown. @module */
import { For } from "solid-js";
import { words } from "../words/words.js";
import type { ConsoleActions, ConsoleSettings, LineEnding } from "./create-console.js";

const ENDINGS: readonly LineEnding[] = ["auto", "\r", "\n", "\r\n"];

/** What a person may choose. */
export function SettingsBox(props: { readonly settings: ConsoleSettings; readonly actions: ConsoleActions }) {
  const view = () => props.settings.view;
  return (
    <details class="console-settings">
      <summary>{words.console.settings}</summary>
      <div class="choices">
        <Choice
          text={words.console.timestamps}
          isOn={view().timestamps}
          onChange={(timestamps) => props.actions.set({ view: { ...view(), timestamps } })}
        />
        <Choice
          text={words.console.hex}
          isOn={view().hex}
          onChange={(hex) => props.actions.set({ view: { ...view(), hex } })}
        />
        <Choice
          text={words.console.follow}
          isOn={props.settings.followsStarts}
          onChange={(followsStarts) => props.actions.set({ followsStarts })}
        />
        <Choice
          text={words.console.localEcho}
          isOn={props.settings.localEcho}
          onChange={(localEcho) => props.actions.set({ localEcho })}
        />
        <label class="field">
          {words.console.ending}
          <select
            value={props.settings.ending}
            onChange={(event) => props.actions.set({ ending: event.currentTarget.value as LineEnding })}
          >
            <For each={ENDINGS}>
              {(ending) => <option value={ending}>{words.console.endings[ending]}</option>}
            </For>
          </select>
        </label>
      </div>
    </details>
  );
}

function Choice(props: {
  readonly text: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={props.isOn}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.text}
    </label>
  );
}
