/** Bytes of one sector, in hex and ASCII. @module */
import { createResource, For, Show } from "solid-js";
import type { Engine, Problem, Stretch } from "../engine/engine.js";
import { offsetText } from "../ui/numbers.js";
import { words } from "../words/words.js";
import { hexLines } from "./hex-lines.js";

const SECTOR = 0x1000;

/** A sector, read when it is looked at. */
export function HexView(props: {
  readonly stretch: Stretch;
  readonly flashSize: number;
  readonly engine: Engine;
  readonly isBusy: boolean;
  readonly onMove: (offset: number) => void;
  readonly onClose: () => void;
}) {
  const [bytes] = createResource(
    () => props.stretch,
    (stretch) => props.engine.read(stretch),
  );
  const offset = () => props.stretch.offset;
  const failure = () => bytes.error as Problem | undefined;
  return (
    <section class="hex" aria-label={words.map.bytes}>
      <header class="map-head">
        <h3>
          {words.map.sector} <span class="code">{offsetText(offset())}</span>
        </h3>
        <div class="buttons">
          <button
            type="button"
            disabled={props.isBusy || bytes.loading || offset() === 0}
            onClick={() => props.onMove(offset() - SECTOR)}
          >
            {words.map.previous}
          </button>
          <button
            type="button"
            disabled={props.isBusy || bytes.loading || offset() + SECTOR >= props.flashSize}
            onClick={() => props.onMove(offset() + SECTOR)}
          >
            {words.map.next}
          </button>
          <button type="button" onClick={() => props.onClose()}>
            {words.map.close}
          </button>
        </div>
      </header>
      <Show when={failure()}>{(problem) => <p class="warning">{problem().message}</p>}</Show>
      <Show when={bytes.state === "ready" && bytes()} fallback={<p class="faint">{words.work.doing.read}</p>}>
        {(read) => (
          <pre class="hex-lines" tabindex="0">
            <For each={hexLines(read(), offset())}>
              {({ address, hex, text, repeats }) => (
                <Show
                  when={repeats === 0}
                  fallback={<div class="faint">{`            ${words.map.repeats(repeats)}`}</div>}
                >
                  <div>
                    <span class="faint">{address}</span>
                    {`  ${hex}  `}
                    <span class="ascii">{text}</span>
                  </div>
                </Show>
              )}
            </For>
          </pre>
        )}
      </Show>
    </section>
  );
}
