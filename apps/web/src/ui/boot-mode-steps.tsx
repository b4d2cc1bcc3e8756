/** How somebody brings a board into its loader by hand: step by step, with a picture, for both kinds of boards. @module */
import { For, Show } from "solid-js";
import type { Hands } from "../engine/engine.js";
import { words } from "../words/words.js";
import { ButtonPicture } from "./button-picture.js";
import { WirePicture } from "./wire-picture.js";

/** For a board with buttons, and for a bare module, which needs a wire. */
export function BootModeSteps(props: {
  readonly hands: Hands;
  /** Whether somebody has to connect again afterwards; while the board is waited for nobody has to. */
  readonly connectsAfter?: boolean;
}) {
  const last = () => (props.connectsAfter === true ? [words.buttons.connect] : []);
  return (
    <div class="boot-mode">
      <figure>
        <figcaption>{words.buttons.withButtons}</figcaption>
        <ButtonPicture hands={props.hands} />
        <Steps of={[...buttonSteps(props.hands), ...last()]} />
      </figure>
      <Show when={props.hands === "flash-and-reset"}>
        <figure>
          <figcaption>{words.buttons.bare}</figcaption>
          <WirePicture />
          <Steps of={[words.buttons.wire, words.buttons.power0, ...last(), words.buttons.unwire]} />
        </figure>
      </Show>
    </div>
  );
}

function Steps(props: { readonly of: readonly string[] }) {
  return (
    <ol>
      <For each={props.of}>{(step) => <li>{step}</li>}</For>
    </ol>
  );
}

function buttonSteps(hands: Hands): string[] {
  const { hold, press, release, untilAnswer } = words.buttons;
  return hands === "hold-flash" ? [untilAnswer] : [hold, press, release];
}
