/** The doctor's answer. @module */
import { For, type JSX, Show } from "solid-js";
import type { FindingReport, TextReport } from "../report/reports.js";
import { TextWithCode } from "../ui/text-with-code.js";
import { words } from "../words/words.js";

/** Findings, worst first, each with what to do; then what was not lost. */
export function Findings(props: {
  readonly report: TextReport;
  /** What a finding can be put right with. */
  readonly fix?: (finding: FindingReport) => JSX.Element;
}) {
  return (
    <>
      <Show when={props.report.healthy}>{(healthy) => <p class="healthy">{healthy()}</p>}</Show>
      <ul class="findings">
        <For each={props.report.findings}>
          {(finding) => (
            <li class={`finding is-${finding.severity}`}>
              <p class="severity">{words.board.severity[finding.severity]}</p>
              <h3>{finding.title}</h3>
              <Show when={finding.message}>
                <p>
                  <TextWithCode text={finding.message} />
                </p>
              </Show>
              <Show when={finding.evidence.length > 0}>
                <ul class="evidence">
                  <For each={finding.evidence}>{(seen) => <li>{seen}</li>}</For>
                </ul>
              </Show>
              <Show when={finding.hint}>
                <p class="hint">
                  <TextWithCode text={finding.hint ?? ""} />
                </p>
              </Show>
              {props.fix?.(finding)}
            </li>
          )}
        </For>
      </ul>
      <Show when={props.report.reassurances.length > 0}>
        <div class="reassurances">
          <h3>{words.board.notLost}</h3>
          <ul>
            <For each={props.report.reassurances}>{(text) => <li>{text}</li>}</For>
          </ul>
        </div>
      </Show>
    </>
  );
}
