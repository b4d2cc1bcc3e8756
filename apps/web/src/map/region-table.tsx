/** The map as a table. @module */
import { For } from "solid-js";
import type { RegionReport } from "../report/reports.js";
import { words } from "../words/words.js";

/** Every region with its bytes, what it holds, and what erasing it costs. */
export function RegionTable(props: {
  readonly regions: readonly RegionReport[];
  readonly selected: RegionReport | undefined;
  readonly onSelect: (region: RegionReport) => void;
}) {
  return (
    <section class="scroll" tabindex="0" aria-label={words.map.table}>
      <table class="region-table">
        <thead>
          <tr>
            <th scope="col">{words.map.region}</th>
            <th scope="col">{words.map.range}</th>
            <th scope="col" class="number">
              {words.map.size}
            </th>
            <th scope="col">{words.map.content}</th>
            <th scope="col">{words.map.erasing}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.regions}>
            {(region) => (
              <tr classList={{ "is-selected": region === props.selected }}>
                <th scope="row">
                  <span
                    class="swatch"
                    style={{ "--light": region.colour.light, "--dark": region.colour.dark }}
                  />
                  <button type="button" class="quiet" onClick={() => props.onSelect(region)}>
                    {region.name}
                  </button>
                </th>
                <td class="code">{region.range}</td>
                <td class="code number">{region.sizeText}</td>
                <td>{region.content}</td>
                <td>{region.erasing}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  );
}
