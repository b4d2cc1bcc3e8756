/** What is being done, and how far it is. @module */
import { For, Match, Show, Switch } from "solid-js";
import type { Task } from "../primitives/create-flasher.js";
import type { Phase, WorkState } from "../state/work-state.js";
import { Bar } from "../ui/bar.js";
import { BootModeSteps } from "../ui/boot-mode-steps.js";
import { kilobytes, offsetText } from "../ui/numbers.js";
import { words } from "../words/words.js";
import { RunProgress } from "./run-progress.js";

/** The work of a task. */
export function WorkPanel(props: {
  readonly task: Task;
  readonly work: WorkState;
  readonly onStop: () => void;
}) {
  const phase = () => props.work.phase;
  return (
    <section class="panel work" aria-labelledby="work-title">
      <h2 id="work-title" aria-live="polite">
        {sentenceOf(phase(), props.task)}
      </h2>
      <Switch>
        <Match when={buttons(phase())}>
          {(needed) => (
            <>
              <p>{needed().text}</p>
              <BootModeSteps hands={needed().hands} />
            </>
          )}
        </Match>
        <Match when={away(phase())}>{(gone) => <p>{gone().text}</p>}</Match>
        <Match when={props.task === "run" && props.work.run}>{(run) => <RunProgress run={run()} />}</Match>
        <Match when={downloading(phase())}>{(download) => <DownloadBar {...download()} />}</Match>
        <Match when={working(phase())}>
          {(work) => (
            <>
              <Bar
                part={work().doneBytes}
                whole={work().region.size}
                label={sentenceOf(work(), props.task)}
              />
              <p class="code faint">
                {offsetText(work().region.offset)} · {kilobytes(work().doneBytes)} {words.work.of}{" "}
                {kilobytes(work().region.size)}
              </p>
            </>
          )}
        </Match>
      </Switch>
      <Show when={props.work.bootLines.length > 0}>
        <pre class="boot" role="log" tabindex="0" aria-label={words.done.boot}>
          {props.work.bootLines.join("\n")}
        </pre>
      </Show>
      <For each={props.work.notes}>{(text) => <p class="note">{text}</p>}</For>
      <div class="buttons">
        <button type="button" onClick={() => props.onStop()}>
          {words.work.stop}
        </button>
      </div>
    </section>
  );
}

/** Without a length nobody knows how much is to come. */
function DownloadBar(props: Extract<Phase, { kind: "downloading" }>) {
  return (
    <>
      <Show when={props.totalBytes} fallback={<progress aria-label={words.work.downloading(props.name)} />}>
        {(total) => <Bar part={props.doneBytes} whole={total()} label={words.work.downloading(props.name)} />}
      </Show>
      <p class="code faint">{kilobytes(props.doneBytes)}</p>
    </>
  );
}

function buttons(phase: Phase): Extract<Phase, { kind: "buttons" }> | undefined {
  return phase.kind === "buttons" ? phase : undefined;
}

function downloading(phase: Phase): Extract<Phase, { kind: "downloading" }> | undefined {
  return phase.kind === "downloading" ? phase : undefined;
}

function away(phase: Phase): Extract<Phase, { kind: "away" }> | undefined {
  return phase.kind === "away" ? phase : undefined;
}

function working(phase: Phase): Extract<Phase, { kind: "working" }> | undefined {
  return phase.kind === "working" ? phase : undefined;
}

function sentenceOf(phase: Phase, task: Task): string {
  switch (phase.kind) {
    case "idle":
      return task === "connect"
        ? words.work.opening
        : task === "download"
          ? words.work.asking
          : words.work.preparing;
    case "connecting":
      return phase.attempt > 1
        ? `${words.work.connecting}, ${words.work.attempt(phase.attempt)}`
        : words.work.connecting;
    case "downloading":
      return words.work.downloading(phase.name);
    case "buttons":
      return phase.title || words.buttons.title;
    case "away":
      return phase.title;
    case "connected":
      return words.work.connected;
    case "looking":
      return words.work.looking[phase.depth];
    case "working":
      return words.work.doing[phase.operation];
    case "starting":
      return words.work.starting;
  }
}
