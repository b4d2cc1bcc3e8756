/** How fast the link to the board may be. @module */
import { For } from "solid-js";
import type { FlasherActions } from "../primitives/create-flasher.js";
import { words } from "../words/words.js";
import { RATES } from "./header-values.js";

/** As fast as it goes, or a rate that a bad cable carries; it holds from the next connection on. */
export function RateChoice(props: { readonly rate: number | undefined; readonly actions: FlasherActions }) {
  return (
    <div class="explained">
      <label class="field">
        {words.firmware.rate}
        <select
          value={props.rate ?? ""}
          onChange={(event) => {
            const { value } = event.currentTarget;
            void props.actions.setRate(value === "" ? undefined : Number(value));
          }}
        >
          <option value="">{words.firmware.rateAuto}</option>
          <For each={RATES}>{(rate) => <option value={rate}>{words.units.baud(rate)}</option>}</For>
        </select>
      </label>
      <p class="faint">{words.firmware.rateNote}</p>
    </div>
  );
}
