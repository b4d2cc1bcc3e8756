/** What somebody may want otherwise than the plan has it, each with what it does. @module */
import { createSignal, createUniqueId, For, type JSX } from "solid-js";
import type { PlanWish } from "../engine/engine.js";
import type { FlasherActions } from "../primitives/create-flasher.js";
import { words } from "../words/words.js";
import { FREQS, MODES, SIZES } from "./header-values.js";
import { RateChoice } from "./rate-choice.js";

const INTENTS = ["auto", "update", "install"] as const;

/** The choices. @param props.onWish takes all of them whenever one changes */
export function FirmwareChoices(props: {
  /** Whether its own instructions erase the whole chip first, or want it asked. */
  readonly erase: "none" | "ask" | "all";
  readonly rate: number | undefined;
  readonly actions: FlasherActions;
  readonly onWish: (wish: PlanWish) => void;
}) {
  const group = createUniqueId();
  const [intent, setIntent] = createSignal<(typeof INTENTS)[number]>("auto");
  const [eraseAll, setEraseAll] = createSignal(props.erase === "all");
  const [force, setForce] = createSignal(false);
  const [mode, setMode] = createSignal("");
  const [freq, setFreq] = createSignal("");
  const [size, setSize] = createSignal("");
  const told = () => {
    const chosen = intent();
    const fields = { mode: mode(), freq: freq(), size: size() };
    props.onWish({
      ...(chosen === "auto" ? {} : { intent: chosen }),
      eraseAll: eraseAll(),
      header: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== "")),
      // Without a size there is nothing to insist on.
      force: force() && size() !== "",
    });
  };
  const tell =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      told();
    };
  return (
    <details class="choices" open={props.erase !== "none"}>
      <summary>{words.firmware.options}</summary>
      <fieldset>
        <For each={INTENTS}>
          {(value) => (
            <label class="choice">
              <input
                type="radio"
                name={group}
                checked={intent() === value}
                onChange={() => tell(setIntent)(value)}
              />
              {words.firmware.intent[value]}
            </label>
          )}
        </For>
        <Check label={words.firmware.eraseAll} isOn={eraseAll()} onChange={tell(setEraseAll)} />
        <Field
          label={words.firmware.mode}
          note={words.firmware.modeNote}
          of={MODES}
          value={mode()}
          onChange={tell(setMode)}
        />
        <Field
          label={words.firmware.freq}
          note={words.firmware.freqNote}
          of={FREQS}
          value={freq()}
          onChange={tell(setFreq)}
        />
        <Field
          label={words.firmware.size}
          note={words.firmware.sizeNote}
          of={SIZES}
          value={size()}
          onChange={tell(setSize)}
        >
          <Check
            label={words.firmware.force}
            isOn={force()}
            isDisabled={size() === ""}
            onChange={tell(setForce)}
          />
        </Field>
        <RateChoice rate={props.rate} actions={props.actions} />
      </fieldset>
    </details>
  );
}

function Check(props: {
  readonly label: string;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={props.isOn}
        disabled={props.isDisabled === true}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}

/** One field of the header; nothing chosen leaves it to the plan. */
function Field(props: {
  readonly label: string;
  readonly note: string;
  readonly of: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children?: JSX.Element;
}) {
  return (
    <div class="explained">
      <label class="field">
        {props.label}
        <select value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
          <option value="">{words.firmware.keep}</option>
          <For each={props.of}>
            {(name) => <option value={name}>{name === "detect" ? words.firmware.detect : name}</option>}
          </For>
        </select>
      </label>
      <p class="faint">{props.note}</p>
      {props.children}
    </div>
  );
}
