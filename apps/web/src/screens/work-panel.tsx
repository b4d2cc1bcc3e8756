/** What is being done, and how far it is. @module */
import { For, Match, Show, Switch } from "solid-js";
import type { Task } from "../primitives/create-flasher.js";
import {
  type Phase,
  type RunState,
  rateOf,
  secondsLeft,
  type WorkState,
  writtenBytes,
} from "../state/work-state.js";
import { ButtonPicture } from "../ui/button-picture.js";
import { kilobytes, offsetText } from "../ui/numbers.js";
import { duration } from "../words/amounts.js";
import { words } from "../words/words.js";

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
              <ButtonPicture />
              <p>{needed().text}</p>
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

/** All of the plan in bytes of flash, then each of its regions. */
function RunProgress(props: { readonly run: RunState }) {
  const rate = () => rateOf(props.run);
  const left = () => secondsLeft(props.run);
  const done = () => writtenBytes(props.run);
  return (
    <>
      <Bar part={done()} whole={props.run.totalBytes} label={words.work.doing.write} />
      <p class="code">
        {kilobytes(done())} {words.work.of} {kilobytes(props.run.totalBytes)}
        <Show when={rate()}>{(value) => <> · {words.units.perSecond(kilobytes(value()))}</>}</Show>
        <Show when={done() < props.run.totalBytes && left()}>
          {(value) => <> · {words.work.left(duration(value()))}</>}
        </Show>
      </p>
      <table class="regions code">
        <tbody>
          <For each={props.run.regions}>
            {(work) => (
              <tr class={`is-${work.stage}`}>
                <td>{offsetText(work.region.offset)}</td>
                <td class="number">{kilobytes(work.region.size)}</td>
                <td class="grow">
                  <Bar
                    part={work.doneBytes}
                    whole={work.region.size}
                    label={offsetText(work.region.offset)}
                  />
                </td>
                <td>{words.work.done[work.stage]}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </>
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

function Bar(props: { readonly part: number; readonly whole: number; readonly label: string }) {
  return <progress value={props.part} max={Math.max(1, props.whole)} aria-label={props.label} />;
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
