/** The flash map: a picture to look closer at, or a table, and what can be done to what lies there. @module */
import { createEffect, createMemo, createResource, createSignal, For, lazy, on, Show } from "solid-js";
import type { Drawing as DrawingData, Engine, Stretch } from "../engine/engine.js";
import type { FlasherActions, FlasherState } from "../primitives/create-flasher.js";
import { createNarrow } from "../primitives/create-narrow.js";
import type { BoardReport, RegionReport } from "../report/reports.js";
import { offsetText } from "../ui/numbers.js";
import { words } from "../words/words.js";
import { RegionCard } from "./region-card.js";
import { RegionTable } from "./region-table.js";
import { saveSvg } from "./save-svg.js";
import { chooseByKey } from "./select-by-key.js";

const HexView = lazy(async () => ({ default: (await import("./hex-view.js")).HexView }));

type Shown = "now" | "planned" | "both";

/** What the map needs. */
export interface FlashMapProps {
  readonly board: BoardReport;
  readonly state: FlasherState;
  readonly engine: Engine;
  readonly actions: FlasherActions;
}

/** The heart of the page. */
export function FlashMap(props: FlashMapProps) {
  const isNarrow = createNarrow();
  const [asTable, setAsTable] = createSignal(false);
  const [selected, setSelected] = createSignal<RegionReport>();
  const [window, setWindow] = createSignal<Stretch>();
  const [bytesAt, setBytesAt] = createSignal<Stretch>();
  /** What a plan has put there is known before anybody looks again. */
  const regions = () => props.state.done?.regions ?? props.board.regions;
  const hasPlan = () => props.state.plan !== undefined || props.state.task === "run";
  const [show, setShow] = createSignal<Shown>("both");
  const request = createMemo(() => ({
    version: props.state.mapVersion,
    show: hasPlan() ? show() : ("now" as const),
    compact: isNarrow() || (hasPlan() && show() === "both"),
    window: window(),
  }));
  const [drawings] = createResource(request, ({ show, compact, window }) =>
    props.engine.draw({
      show,
      compact,
      stacked: isNarrow(),
      titled: false,
      theme: "auto",
      ...(window && { window }),
    }),
  );
  createEffect(
    on(
      () => [props.board, props.state.done],
      () => {
        setSelected(undefined);
        setWindow(undefined);
        setBytesAt(undefined);
      },
      { defer: true },
    ),
  );
  const regionAt = (id: string, offset: number) =>
    regions().find(
      (region) => region.id === id && region.offset <= offset && offset < region.offset + region.size,
    );
  const choose = (event: MouseEvent) => {
    const target = event.target as Element;
    const sector = target.closest("[data-sector]");
    if (sector instanceof SVGElement) {
      const offset = Number(sector.dataset.sector);
      setBytesAt({ offset, size: 0x1000 });
      return;
    }
    const region = target.closest("[data-region]");
    if (!(region instanceof SVGElement)) return;
    const found = regionAt(region.dataset.region!, Number(region.dataset.offset));
    setSelected(found);
    if (found !== undefined && event.detail === 2) setWindow(bare(found));
  };
  const onKey = (event: KeyboardEvent) => {
    const next = chooseByKey(event, regions(), selected(), window());
    if (next === undefined) return;
    event.preventDefault();
    setSelected(next.selected);
    setWindow(next.window && bare(next.window));
  };
  const isBusy = () => props.state.task !== undefined;
  /** Which state of the chip each column of a drawing shows. */
  const labelsOf = (index: number) => {
    if (!hasPlan()) return [];
    if (show() !== "both") return [words.map[show()]];
    const both = [words.map.now, words.map.planned];
    return isNarrow() ? [both[index]!] : both;
  };
  return (
    <section class="map" aria-labelledby="map-title">
      <header class="map-head">
        <h2 id="map-title">{words.map.title}</h2>
        <div class="buttons">
          <Show when={window()}>
            {(stretch) => (
              <button type="button" onClick={() => setWindow(undefined)}>
                {words.map.whole}
                <span class="code faint">{offsetText(stretch().offset)}</span>
              </button>
            )}
          </Show>
          <Show when={hasPlan() && !asTable()}>
            <For each={["now", "planned", "both"] as const}>
              {(value) => (
                <button type="button" aria-pressed={show() === value} onClick={() => setShow(value)}>
                  {words.map[value]}
                </button>
              )}
            </For>
          </Show>
          <Show when={regions().length > 0}>
            <button type="button" onClick={() => setAsTable(!asTable())}>
              {asTable() ? words.map.picture : words.map.table}
            </button>
          </Show>
          <button type="button" onClick={() => void saveSvg(props.actions, props.engine, request())}>
            {words.map.save}
          </button>
        </div>
      </header>
      <Show when={regions().length === 0 && !hasPlan()}>
        <p class="faint">{words.map.none}</p>
      </Show>
      <Show
        when={!asTable()}
        fallback={<RegionTable regions={regions()} selected={selected()} onSelect={setSelected} />}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
        <div
          class="drawings"
          role="group"
          aria-label={words.map.keys}
          tabindex={regions().length > 0 ? 0 : undefined}
          onKeyDown={onKey}
          onClick={choose}
        >
          <For each={drawings.latest ?? []}>
            {(drawing, index) => (
              <Drawing drawing={drawing} labels={labelsOf(index())} selected={selected()} />
            )}
          </For>
        </div>
      </Show>
      <Show when={selected()}>
        {(region) => (
          <RegionCard
            region={region()}
            isBusy={isBusy()}
            canRead={props.board.canRead && !hasPlan()}
            isBoard={props.board.source === "board"}
            onZoom={() => setWindow(bare(region()))}
            onBytes={() => setBytesAt({ offset: region().offset, size: 0x1000 })}
            actions={props.actions}
          />
        )}
      </Show>
      <Show when={bytesAt()}>
        {(stretch) => (
          <HexView
            stretch={stretch()}
            flashSize={props.board.flashSize}
            engine={props.engine}
            isBusy={isBusy()}
            onMove={(offset) => setBytesAt({ offset, size: 0x1000 })}
            onClose={() => setBytesAt(undefined)}
          />
        )}
      </Show>
    </section>
  );
}

/** What crosses to the worker is plain data. */
function bare({ offset, size }: Stretch): Stretch {
  return { offset, size };
}

/** One drawing, in which the chosen region is framed. The markup is core's, which escapes every name. */
function Drawing(props: {
  readonly drawing: DrawingData;
  readonly labels: readonly string[];
  readonly selected: RegionReport | undefined;
}) {
  let element!: HTMLDivElement;
  createEffect(() => {
    element.innerHTML = props.drawing.svg;
    const { selected } = props;
    for (const region of element.querySelectorAll<SVGGElement>("[data-region]")) {
      const offset = Number(region.dataset.offset);
      const isChosen =
        selected !== undefined &&
        region.dataset.region === selected.id &&
        selected.offset <= offset &&
        offset < selected.offset + selected.size;
      region.classList.toggle("is-selected", isChosen);
    }
  });
  return (
    <figure>
      <figcaption class="map-titles">
        <For each={props.drawing.titles}>
          {(title, index) => (
            <span>
              <Show when={props.labels[index()]}>{(label) => <span class="label">{label()}</span>}</Show>
              {title}
            </span>
          )}
        </For>
      </figcaption>
      <div class="drawing" ref={element} />
    </figure>
  );
}
