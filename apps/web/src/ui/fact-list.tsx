/** Facts as terms and values. @module */
import { For } from "solid-js";
import type { Fact } from "../report/reports.js";

/** What is known, a row each. */
export function FactList(props: { readonly facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      <For each={props.facts}>
        {({ term, value, isCode }) => (
          <div>
            <dt>{term}</dt>
            <dd classList={{ code: isCode === true }}>{value}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}
