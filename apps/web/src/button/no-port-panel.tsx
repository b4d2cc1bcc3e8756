/** What to do where no port was chosen. @module */
import { Show } from "solid-js";
import { dialogWords } from "../words/button.js";
import type { Asking } from "./create-installer.js";

/** Why there is none, and asking again. */
export function NoPortPanel(props: { readonly asking: Asking; readonly onChoose: (all: boolean) => void }) {
  const refusal = () => (props.asking.kind === "none" ? props.asking.refusal : undefined);
  return (
    <section class="panel failure" role="alert">
      <h2>{dialogWords.noPort.title}</h2>
      <Show when={refusal()} fallback={<p class="hint">{dialogWords.noPort.text}</p>}>
        {(text) => (
          <p>
            {dialogWords.noPort.refused} <span class="code">{text()}</span>
          </p>
        )}
      </Show>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => props.onChoose(false)}>
          {dialogWords.noPort.again}
        </button>
        <button type="button" onClick={() => props.onChoose(true)}>
          {dialogWords.noPort.all}
        </button>
      </div>
    </section>
  );
}
