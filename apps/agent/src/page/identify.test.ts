import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { identify } from "./identify.js";

describe("identifying a board", () => {
  it("tells chip, MAC, flash and loader, starts the firmware again and lets go of the port", async () => {
    const clock = createVirtualClock();
    const { transport } = createVirtualBoard({ board: "esp-12f", clock });
    const said: string[] = [];
    const facts = await identify(
      async () => transport,
      clock,
      (text) => said.push(text),
    );
    expect(facts).toEqual([
      ["Chip", "ESP8266EX, crystal 26 MHz"],
      ["MAC", "5c:cf:7f:02:9a:b7"],
      ["Flash", "4 MB (4194304 bytes), id e0 4016 (BergMicro)"],
      ["Loader", "stub at 460800 baud"],
    ]);
    expect(said).toEqual(["Connecting, attempt 1"]);
    expect(await transport.closed).toMatchObject({ reason: "closed" });
  });

  it("lets go of the port also where nobody answers", async () => {
    const clock = createVirtualClock();
    const { transport } = createVirtualBoard({ board: "esp-12f", clock, wiring: "none" });
    await expect(
      identify(
        async () => transport,
        clock,
        () => {},
      ),
    ).rejects.toMatchObject({ name: "FlasherError" });
    expect(await transport.closed).toMatchObject({ reason: "closed" });
  });
});
