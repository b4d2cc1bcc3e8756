/** What happened on the console, beside it. @module */
import { createMemo, For, Show } from "solid-js";
import type { ConsoleEntry, EntryOffer } from "../report/journal.js";
import { words } from "../words/words.js";

/** Entries, the latest first; each opens. */
export function JournalList(props: {
  readonly entries: readonly ConsoleEntry[];
  readonly forgotten: number;
  readonly canReset: boolean;
  readonly onOffer: (offer: EntryOffer) => void;
}) {
  const { journal } = words.console;
  // By number: an entry that grows keeps its place, and stays as open as it is.
  const latest = () => props.entries.map(({ number }) => number).reverse();
  const entry = (number: number) => props.entries.find((one) => one.number === number)!;
  const alarm = () => props.entries.filter(({ level }) => level === "alarm").at(-1);
  return (
    <section class="journal" aria-labelledby="journal-title">
      <h3 id="journal-title" class="label">
        {journal.title}
      </h3>
      <p class="unseen" role="status">
        {alarm()?.title}
      </p>
      <Show when={props.entries.length === 0}>
        <p class="faint">{journal.none}</p>
      </Show>
      <ol>
        <For each={latest()}>
          {(number) => <Entry entry={entry(number)} canReset={props.canReset} onOffer={props.onOffer} />}
        </For>
      </ol>
      <Show when={props.forgotten > 0}>
        <p class="faint">{journal.forgotten(props.forgotten)}</p>
      </Show>
    </section>
  );
}

function Entry(props: {
  readonly entry: ConsoleEntry;
  readonly canReset: boolean;
  readonly onOffer: (offer: EntryOffer) => void;
}) {
  const { journal } = words.console;
  const entry = () => props.entry;
  const opens = createMemo(() => entry().level !== "normal");
  const hasMore = () =>
    entry().text !== undefined ||
    entry().rows.length > 0 ||
    entry().hint !== undefined ||
    entry().offers.length > 0;
  const offers = () => entry().offers.filter((offer) => offer !== "read-boot" || props.canReset);
  const names: Readonly<Record<EntryOffer, string>> = {
    "read-boot": journal.readBoot,
    "boot-rate": journal.bootRate,
    examine: journal.examine,
  };
  const title = () => (
    <>
      <time class="code">{shortTime(entry().at)}</time>
      <span class="entry-title">
        <Show when={entry().level !== "normal"}>
          <span class="severity">{journal.levels[entry().level]} </span>
        </Show>
        {entry().title}
      </span>
    </>
  );
  return (
    <li class={`entry is-${entry().level}`}>
      <Show when={hasMore()} fallback={<p class="entry-line">{title()}</p>}>
        <details open={opens()}>
          <summary>{title()}</summary>
          <Show when={entry().text}>{(text) => <p>{text()}</p>}</Show>
          <Show when={entry().rows.length > 0}>
            <dl>
              <For each={entry().rows}>
                {({ term, value, isCode }) => (
                  <div>
                    <dt>{term}</dt>
                    <dd classList={{ code: isCode }}>{value}</dd>
                  </div>
                )}
              </For>
            </dl>
          </Show>
          <Show when={entry().hint}>{(hint) => <p class="hint">{hint()}</p>}</Show>
          <Show when={offers().length > 0}>
            <div class="buttons">
              <For each={offers()}>
                {(offer) => (
                  <button type="button" onClick={() => props.onOffer(offer)}>
                    {names[offer]}
                  </button>
                )}
              </For>
            </div>
          </Show>
        </details>
      </Show>
    </li>
  );
}

/** `20:15:07` */
function shortTime(at: number): string {
  const date = new Date(at);
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
