/** How far each region of a plan is, in bytes of flash. @module */
import { For, Show } from "solid-js";
import { type RunState, rateOf, secondsLeft, writtenBytes } from "../state/work-state.js";
import { Bar } from "../ui/bar.js";
import { kilobytes, offsetText } from "../ui/numbers.js";
import { duration } from "../words/amounts.js";
import { words } from "../words/words.js";

/** All of the plan in bytes of flash, then each of its regions. */
export function RunProgress(props: { readonly run: RunState }) {
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
      <RunRegions run={props.run} />
    </>
  );
}

/** A row for each region. */
export function RunRegions(props: { readonly run: RunState }) {
  return (
    <table class="regions code">
      <tbody>
        <For each={props.run.regions}>
          {(work) => (
            <tr class={`is-${work.stage}`}>
              <td>{offsetText(work.region.offset)}</td>
              <td class="number">{kilobytes(work.region.size)}</td>
              <td class="grow">
                <Bar part={work.doneBytes} whole={work.region.size} label={offsetText(work.region.offset)} />
              </td>
              <td>{words.work.done[work.stage]}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
