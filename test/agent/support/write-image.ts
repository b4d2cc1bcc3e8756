/** One image onto the board behind a transport. @module */
import { connect, esp8266, planFlash, runPlan, type Transport } from "@flashwright/core";
import { systemClock } from "@flashwright/node-transport";

/** Writes and verifies. @param onProgress bytes that the chip has taken */
export async function writeImage(
  transport: Transport,
  image: { readonly name: string; readonly offset: number; readonly bytes: Uint8Array },
  onProgress: (doneBytes: number) => void,
): Promise<string> {
  const session = await connect(transport, { target: esp8266, clock: systemClock });
  const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
  const { plan, data } = planFlash({ target: esp8266, chip, images: [image] });
  const { result } = await runPlan(session, plan, data, {
    lossesAccepted: "yes",
    onEvent: (event) => {
      if (event.type === "progress" && event.operation === "write") onProgress(event.doneBytes);
    },
  });
  await session.leave("hard-reset");
  return result.code;
}
