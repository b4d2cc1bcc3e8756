/** One region: what it is, what it holds, and what can be done to it. @module */
import { Show } from "solid-js";
import type { FlasherActions } from "../primitives/create-flasher.js";
import type { RegionReport } from "../report/reports.js";
import { words } from "../words/words.js";

/** The chosen region. */
export function RegionCard(props: {
  readonly region: RegionReport;
  readonly isBusy: boolean;
  readonly canRead: boolean;
  readonly isBoard: boolean;
  readonly onZoom: () => void;
  readonly onBytes: () => void;
  readonly actions: FlasherActions;
}) {
  return (
    <section class="region-card" aria-live="polite">
      <h3>
        {props.region.name} <span class="code faint">{props.region.id}</span>
      </h3>
      <p>{props.region.holds}</p>
      <dl class="facts">
        <div>
          <dt>{words.map.range}</dt>
          <dd class="code">
            {props.region.range}, {props.region.sizeText}
          </dd>
        </div>
        <div>
          <dt>{words.map.content}</dt>
          <dd>{props.region.content}</dd>
        </div>
        <div>
          <dt>{words.map.erasing}</dt>
          <dd>{props.region.erasing}</dd>
        </div>
      </dl>
      <div class="buttons">
        <button type="button" onClick={() => props.onZoom()}>
          {words.map.zoom}
        </button>
        <Show when={props.canRead}>
          <button type="button" disabled={props.isBusy} onClick={() => props.onBytes()}>
            {words.map.bytes}
          </button>
          <Show when={props.isBoard}>
            <button
              type="button"
              disabled={props.isBusy}
              onClick={() =>
                void props.actions.backUp({ offset: props.region.offset, size: props.region.size })
              }
            >
              {words.map.backUp}
            </button>
            <Show when={props.region.isErasable}>
              <button
                type="button"
                disabled={props.isBusy}
                onClick={() => void props.actions.planErase([props.region.id])}
              >
                {words.map.erase}
              </button>
            </Show>
          </Show>
        </Show>
      </div>
    </section>
  );
}
