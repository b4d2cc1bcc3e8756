/** Who is there and what is on it, in the little room of a dialog. @module */
import { type JSX, Show } from "solid-js";
import type { BoardReport } from "../report/reports.js";
import { Findings } from "../screens/findings.js";
import { FactList } from "../ui/fact-list.js";
import { buttonWords } from "../words/button-words.js";

/** The chip and its firmware in a line; all that is known of it, and what the doctor found, when that is opened. */
export function BoardSummary(props: {
  readonly board: BoardReport;
  readonly isOpen?: boolean;
  readonly actions?: JSX.Element;
}) {
  /** The loader, and the rate that was agreed on with it. */
  const rate = () => props.board.facts.find(({ value }) => /\bbaud$/.test(value))?.value;
  return (
    <section class="panel" aria-label={buttonWords.about}>
      <h2>{props.board.title}</h2>
      <Show when={props.board.layoutTitle}>{(title) => <p>{title()}</p>}</Show>
      <Show when={rate()}>{(text) => <p class="code faint">{text()}</p>}</Show>
      <details open={props.isOpen === true}>
        <summary>{buttonWords.about}</summary>
        <FactList facts={props.board.facts} />
        <Findings report={props.board} />
      </details>
      <Show when={props.actions}>
        <div class="buttons">{props.actions}</div>
      </Show>
    </section>
  );
}
