/** A line that is held back, for what it would destroy. @module */
import { onMount, Show } from "solid-js";
import type { FlasherActions, FlasherState } from "../primitives/create-flasher.js";
import { words } from "../words/words.js";
import type { ConsoleActions, HeldLine } from "./create-console.js";

/** Findings that say the same of the flash map, and that a plan puts right. */
const SAME_TROUBLE = /^finding-map-destroys-/;

/** Asks before the firmware is destroyed, and offers what puts the map right. */
export function HeldBar(props: {
  readonly held: HeldLine;
  readonly actions: ConsoleActions;
  readonly flasher: FlasherState | undefined;
  readonly flasherActions: FlasherActions;
}) {
  let first!: HTMLButtonElement;
  onMount(() => first.focus());
  const { held } = words.console;
  const fixable = () =>
    props.flasher?.board?.findings.find(({ code, fix }) => SAME_TROUBLE.test(code) && fix === "plan");
  return (
    <div class="held" role="alert">
      <p class="loss">
        {held.title}. {props.held.danger}
      </p>
      <div class="buttons">
        <button type="button" ref={first} onClick={() => props.actions.dropHeld()}>
          {held.drop}
        </button>
        <Show when={fixable()}>
          {(finding) => (
            <button
              type="button"
              onClick={() => {
                props.actions.dropHeld();
                void props.flasherActions.planRepair([finding().code]);
              }}
            >
              {held.fix}
            </button>
          )}
        </Show>
        <button type="button" class="quiet" onClick={() => void props.actions.forceHeld()}>
          {held.force}
        </button>
      </div>
    </div>
  );
}
