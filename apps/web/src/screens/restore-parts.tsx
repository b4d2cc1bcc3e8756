/** Which parts of a backup come back. @module */
import { createSignal, For, Show } from "solid-js";
import type { RestoreChoice } from "../engine/engine.js";
import type { BackupContents } from "../report/reports.js";
import { words } from "../words/words.js";

/** All of it unless somebody takes parts out; another chip's calibration only where somebody insists. */
export function RestoreParts(props: {
  readonly contents: BackupContents;
  readonly choice: RestoreChoice;
  readonly isBusy: boolean;
  readonly onPlan: (choice: RestoreChoice) => void;
}) {
  const all = () => props.contents.parts.map(({ id }) => id);
  const [chosen, setChosen] = createSignal<readonly string[]>([...(props.choice.regions ?? all())]);
  const [force, setForce] = createSignal(props.choice.force);
  const toggle = (id: string) =>
    setChosen(chosen().includes(id) ? chosen().filter((other) => other !== id) : [...chosen(), id]);
  const choice = (): RestoreChoice =>
    // What lies between the regions comes back with all of it.
    chosen().length === all().length ? { force: force() } : { regions: chosen(), force: force() };
  // Without names there is nothing to choose.
  const isChoice = () => props.contents.parts.length > 0 || props.contents.isOfOtherChip;
  return (
    <Show when={isChoice()}>
      <details class="choices" open={props.choice.regions !== undefined || props.contents.isOfOtherChip}>
        <summary>{words.restore.parts}</summary>
        <p class="faint">
          {words.restore.from(props.contents.date)} <span class="code">{props.contents.mac}</span>
        </p>
        <fieldset>
          <For each={props.contents.parts}>
            {({ id, name, sizeText, isBlank }) => (
              <label class="choice">
                <input type="checkbox" checked={chosen().includes(id)} onChange={() => toggle(id)} />
                {name}
                <span class="code faint">
                  {sizeText}
                  {isBlank ? `, ${words.contents.blank}` : ""}
                </span>
              </label>
            )}
          </For>
          <Show when={props.contents.isOfOtherChip}>
            <p class="warning">{words.restore.otherChip}</p>
            <label class="choice">
              <input
                type="checkbox"
                checked={force()}
                onChange={(event) => setForce(event.currentTarget.checked)}
              />
              {words.restore.force}
            </label>
          </Show>
        </fieldset>
        <div class="buttons">
          <button
            type="button"
            disabled={props.isBusy || (chosen().length === 0 && all().length > 0)}
            onClick={() => props.onPlan(choice())}
          >
            {words.restore.plan}
          </button>
        </div>
      </details>
    </Show>
  );
}
