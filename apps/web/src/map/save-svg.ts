/** The map as a file. @module */
import type { DrawRequest, Engine } from "../engine/engine.js";
import type { FlasherActions } from "../primitives/create-flasher.js";

/** Saves what is shown, as wide as a desk has it. */
export async function saveSvg(
  actions: FlasherActions,
  engine: Engine,
  {
    show,
    window,
  }: { readonly show: DrawRequest["show"]; readonly window?: DrawRequest["window"] | undefined },
): Promise<void> {
  await actions.saveFile("flash-map.svg", async () => {
    const style = { compact: false, stacked: false, titled: true, theme: "auto" } as const;
    const [drawing] = await engine.draw({ show, ...style, ...(window && { window }) });
    return new TextEncoder().encode(drawing!.svg);
  });
}
