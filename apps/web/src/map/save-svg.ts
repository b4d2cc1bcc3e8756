/** The map as a file. @module */
import type { DrawRequest, Engine } from "../engine/engine.js";
import { chooseSink } from "../primitives/save-file.js";

/** Saves what is shown, as wide as a desk has it. */
export async function saveSvg(
  engine: Engine,
  {
    show,
    window,
  }: { readonly show: DrawRequest["show"]; readonly window?: DrawRequest["window"] | undefined },
): Promise<void> {
  const sink = await chooseSink("flash-map.svg");
  if (sink === undefined) return;
  const style = { compact: false, stacked: false, titled: true, theme: "auto" } as const;
  const [drawing] = await engine.draw({ show, ...style, ...(window && { window }) });
  await sink.write("flash-map.svg", new TextEncoder().encode(drawing!.svg));
}
