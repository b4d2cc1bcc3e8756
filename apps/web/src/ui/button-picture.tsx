/** The two buttons beside the plug of a board, in the order in which they are pressed. @module */
import { Show } from "solid-js";
import type { Hands } from "../engine/engine.js";
import { words } from "../words/words.js";

/** FLASH is held; RST is pressed once meanwhile, where the board is not reset from here. */
export function ButtonPicture(props: { readonly hands: Hands }) {
  const isReset = () => props.hands === "flash-and-reset";
  return (
    <svg class="hands-picture" viewBox="0 0 240 112" role="img" aria-label={words.buttons.title}>
      <rect x="10" y="4" width="220" height="84" rx="6" class="outline" />
      <rect x="98" y="62" width="44" height="42" rx="3" class="outline plug" />
      <g class={isReset() ? "pressed" : ""}>
        <rect x="42" y="50" width="32" height="28" rx="3" class="outline" />
        <circle cx="58" cy="64" r="9" />
        <text x="58" y="38" text-anchor="middle">
          {words.buttons.reset}
        </text>
        <Show when={isReset()}>
          <text x="26" y="69" text-anchor="middle" class="number">
            2
          </text>
        </Show>
      </g>
      <g class="held">
        <rect x="166" y="50" width="32" height="28" rx="3" class="outline" />
        <circle cx="182" cy="64" r="9" />
        <text x="182" y="38" text-anchor="middle">
          {words.buttons.flash}
        </text>
        <text x="214" y="69" text-anchor="middle" class="number">
          1
        </text>
      </g>
    </svg>
  );
}
