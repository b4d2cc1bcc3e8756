/** What is shown while the agent that serves this page cannot be used. @module */
import { Show } from "solid-js";
import type { AgentTrouble } from "../primitives/create-agent.js";
import { TextWithCode } from "../ui/text-with-code.js";
import { words } from "../words/words.js";

/** What happened, and what to do. */
export function AgentPanel(props: { readonly trouble: AgentTrouble; readonly onAgain: () => void }) {
  return (
    <section class="panel failure" role="alert">
      <h2>{props.trouble.title}</h2>
      <p>{props.trouble.message}</p>
      <p class="hint">
        <TextWithCode text={props.trouble.hint ?? ""} />
      </p>
      <Show when={props.trouble.mayPass}>
        <div class="buttons">
          <button type="button" onClick={() => props.onAgain()}>
            {words.agent.again}
          </button>
        </div>
      </Show>
    </section>
  );
}
