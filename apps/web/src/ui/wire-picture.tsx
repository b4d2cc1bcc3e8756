/** A module without buttons: a wire from GPIO0 to ground, then its power taken away and given back. @module */
import { For } from "solid-js";
import { words } from "../words/words.js";

/** Pins by the names that are printed at them; where they are differs from module to module. */
export function WirePicture() {
  const pins = () => [words.buttons.gpio0, words.buttons.ground, words.buttons.power];
  return (
    <svg class="hands-picture" viewBox="0 0 240 112" role="img" aria-label={words.buttons.wire}>
      <rect x="10" y="4" width="220" height="50" rx="6" class="outline" />
      <For each={pins()}>
        {(name, index) => (
          <>
            <text x={48 + 72 * index()} y="30" text-anchor="middle">
              {name}
            </text>
            <circle cx={48 + 72 * index()} cy="44" r="5" class="pin" />
          </>
        )}
      </For>
      <path d="M48 49 V84 H120 V49" class="wire" />
      <text x="84" y="102" text-anchor="middle" class="number">
        1
      </text>
      <path d="M192 52 V70 M192 82 V96" class="wire power" />
      <text x="210" y="82" text-anchor="middle" class="number">
        2
      </text>
    </svg>
  );
}
