/** What is often done with a terminal. @module */
import { words } from "../words/words.js";

/** Buttons below the terminal. */
export function ConsoleTools(props: {
  readonly isPaused: boolean;
  readonly isFinding: boolean;
  readonly isSending: boolean;
  readonly onInterrupt: () => void;
  readonly onPause: () => void;
  readonly onClear: () => void;
  readonly onFind: () => void;
  readonly onSend: () => void;
}) {
  return (
    <div class="buttons console-tools">
      <button type="button" title={words.console.interruptNote} onClick={() => props.onInterrupt()}>
        {words.console.interrupt}
      </button>
      <button type="button" aria-pressed={props.isPaused} onClick={() => props.onPause()}>
        {props.isPaused ? words.console.resume : words.console.pause}
      </button>
      <button type="button" onClick={() => props.onClear()}>
        {words.console.clear}
      </button>
      <button type="button" aria-pressed={props.isFinding} onClick={() => props.onFind()}>
        {words.console.find}
      </button>
      <button type="button" aria-expanded={props.isSending} onClick={() => props.onSend()}>
        {words.console.send.title}
      </button>
      <span class="faint console-leave">{words.console.leave}</span>
    </div>
  );
}
