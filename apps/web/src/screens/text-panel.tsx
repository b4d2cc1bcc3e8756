/** What a pasted text says. @module */
import type { TextReport } from "../report/reports.js";
import { words } from "../words/words.js";
import { Findings } from "./findings.js";

/** The doctor's answer to a text. */
export function TextPanel(props: { readonly report: TextReport; readonly onClose: () => void }) {
  return (
    <section class="panel" aria-labelledby="text-title">
      <h2 id="text-title">{words.board.doctor}</h2>
      <Findings report={props.report} />
      <div class="buttons">
        <button type="button" onClick={() => props.onClose()}>
          {words.problem.close}
        </button>
      </div>
    </section>
  );
}
