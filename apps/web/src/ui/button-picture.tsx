/** The two buttons of a board, in the order in which they are pressed. @module */
import { words } from "../words/words.js";

/** FLASH is held while RESET is pressed once. */
export function ButtonPicture() {
  return (
    <svg class="button-picture" viewBox="0 0 240 70" role="img" aria-label={words.buttons.title}>
      <rect x="1" y="1" width="238" height="68" rx="6" class="outline" />
      <g class="held">
        <rect x="24" y="18" width="34" height="34" rx="4" class="outline" />
        <circle cx="41" cy="35" r="10" />
        <text x="72" y="39">
          {words.buttons.flash}
        </text>
      </g>
      <g class="pressed">
        <rect x="136" y="18" width="34" height="34" rx="4" class="outline" />
        <circle cx="153" cy="35" r="10" />
        <text x="184" y="39">
          {words.buttons.reset}
        </text>
      </g>
    </svg>
  );
}
