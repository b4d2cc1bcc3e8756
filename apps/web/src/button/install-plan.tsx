/** The plan of an installation, with the one question that a manifest may ask. @module */
import { For, Show } from "solid-js";
import { PlanPanel } from "../screens/plan-panel.js";
import { buttonWords } from "../words/button-words.js";
import { BoardSummary } from "./board-summary.js";
import type { Installer } from "./create-installer.js";

/** Board, question, plan. */
export function InstallPlan(props: { readonly installer: Installer }) {
  const { state, actions } = props.installer;
  /** What the plan cannot put right. */
  const remarks = () => (state.firmware?.findings ?? []).filter(({ severity }) => severity === "error");
  return (
    <>
      <Show when={state.board}>{(board) => <BoardSummary board={board()} />}</Show>
      <Show when={props.installer.asksToErase()}>
        <label class="choice">
          <input
            type="checkbox"
            checked={props.installer.erasesAll()}
            onChange={(event) => void props.installer.plan(event.currentTarget.checked)}
          />
          {buttonWords.erase}
        </label>
      </Show>
      <For each={remarks()}>{({ text }) => <p class="warning">{text}</p>}</For>
      <Show when={state.plan}>
        {(plan) => (
          <PlanPanel plan={plan()} notes={state.work.notes} backedUp={state.backedUp} actions={actions} />
        )}
      </Show>
    </>
  );
}
