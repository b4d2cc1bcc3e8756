/** What to do where no port was chosen. @module */
import { Show } from "solid-js";
import { buttonWords } from "../words/button-words.js";
import type { Asking } from "./create-installer.js";

/** Why there is none, and asking again. */
export function NoPortPanel(props: { readonly asking: Asking; readonly onChoose: (all: boolean) => void }) {
  const refusal = () => (props.asking.kind === "none" ? props.asking.refusal : undefined);
  return (
    <section class="panel failure" role="alert">
      <h2>{buttonWords.noPort.title}</h2>
      <Show when={refusal()} fallback={<p class="hint">{buttonWords.noPort.text}</p>}>
        {(text) => (
          <p>
            {buttonWords.noPort.refused} <span class="code">{text()}</span>
          </p>
        )}
      </Show>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => props.onChoose(false)}>
          {buttonWords.noPort.again}
        </button>
        <button type="button" onClick={() => props.onChoose(true)}>
          {buttonWords.noPort.all}
        </button>
      </div>
    </section>
  );
}
