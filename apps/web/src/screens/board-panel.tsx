/** Who is there, what is on it, and what is wrong with it. @module */
import { Show } from "solid-js";
import type { FlasherActions, FlasherState } from "../primitives/create-flasher.js";
import type { BoardReport, FindingReport } from "../report/reports.js";
import { FileButton } from "../ui/drop-zone.js";
import { FactList } from "../ui/fact-list.js";
import { words } from "../words/words.js";
import { Findings } from "./findings.js";

/** The board or the dump. */
export function BoardPanel(props: {
  readonly board: BoardReport;
  readonly state: FlasherState;
  readonly actions: FlasherActions;
}) {
  const isBusy = () => props.state.task !== undefined;
  const isBoard = () => props.board.source === "board";
  const fixable = () =>
    props.board.findings.filter(({ fix, severity }) => fix === "plan" && severity !== "note");
  const fix = (finding: FindingReport) => (
    <Show when={isBoard() && finding.fix !== "none"}>
      <Show
        when={finding.fix === "plan" || props.state.firmware !== undefined}
        fallback={<FirmwareNeeded board={props.board} />}
      >
        <button
          type="button"
          disabled={isBusy()}
          onClick={() => void props.actions.planRepair([finding.code])}
        >
          {words.board.fix}
        </button>
      </Show>
    </Show>
  );
  return (
    <section class="panel" aria-labelledby="board-title">
      <h2 id="board-title">{props.board.title}</h2>
      <FactList facts={props.board.facts} />
      <Show when={!props.state.isBoardStale} fallback={<p class="warning">{words.board.stale}</p>}>
        <h3 class="label">{words.board.doctor}</h3>
        <Findings report={props.board} fix={fix} />
      </Show>
      <Show when={isBoard()}>
        <div class="buttons">
          <Show when={props.state.isUnfinished && props.state.failure === undefined}>
            <button
              type="button"
              class="primary"
              disabled={isBusy()}
              onClick={() => void props.actions.goOn()}
            >
              {words.problem.goOn}
            </button>
          </Show>
          <Show when={fixable().length > 1 && !props.state.isBoardStale}>
            <button
              type="button"
              class="primary"
              disabled={isBusy()}
              onClick={() => void props.actions.planRepair(fixable().map(({ code }) => code))}
            >
              {words.board.fixAll}
            </button>
          </Show>
          <button type="button" disabled={isBusy()} onClick={() => void props.actions.examine()}>
            {words.board.again}
          </button>
          <Show when={!props.state.isConsoleOpen}>
            <button type="button" disabled={isBusy()} onClick={() => props.actions.showConsole(true)}>
              {words.console.open}
            </button>
          </Show>
          <Show when={props.board.canRead}>
            <button type="button" disabled={isBusy()} onClick={() => void props.actions.backUp()}>
              {words.board.backUp}
            </button>
            <FileButton
              label={words.board.restore}
              isDisabled={isBusy()}
              isSingle
              accept=".zip"
              onFiles={([file]) => void props.actions.planRestore(file!)}
            />
          </Show>
        </div>
      </Show>
    </section>
  );
}

function FirmwareNeeded(props: { readonly board: BoardReport }) {
  return (
    <p class="hint">
      {words.board.needsFirmware}{" "}
      <Show when={props.board.needed?.name}>
        {(name) => (
          <>
            {words.board.needed(name())}{" "}
            <Show when={props.board.needed?.from}>
              {(from) => (
                <a href={from()} target="_blank" rel="noreferrer">
                  {from()}
                </a>
              )}
            </Show>
          </>
        )}
      </Show>
    </p>
  );
}
