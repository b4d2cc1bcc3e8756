import { describe, expect, it, vi } from "vitest";
import { createDesk } from "../cli.fixture.js";

describe("info", () => {
  it("tells chip, MAC, flash and loader as events", async () => {
    const run = await createDesk({ board: "esp8285" }).run("info", "--json");
    expect(run.code).toBe(0);
    expect(run.events()).toEqual([
      { type: "connecting", attempt: 1, baudRate: 460800, reset: "tight-short" },
      {
        type: "connected",
        chip: expect.objectContaining({
          target: "esp8266",
          name: "ESP8285N08",
          mac: "ec:fa:bc:11:22:33",
          crystalMHz: 26,
        }),
        flash: { id: 0x144051, manufacturer: 0x51, device: 0x4014, size: 0x100000 },
        flashSize: 0x100000,
        loader: "stub",
        // What the CP2102 behind the port can do.
        baudRate: 921600,
        reset: "tight-short",
        syncRate: 460800,
      },
      {
        type: "completed",
        result: {
          code: "chip-identified",
          params: { name: "ESP8285N08", mac: "ec:fa:bc:11:22:33", flashSize: 0x100000 },
        },
      },
    ]);
  });

  it("lets the firmware run again", async () => {
    const desk = createDesk();
    await desk.run("info");
    // The capacitor at the reset pin takes a few milliseconds.
    await vi.waitFor(() => expect(desk.board.state.bootMode).toBe(3));
  });

  it("works at the rate that is asked for", async () => {
    const run = await createDesk().run("info", "--baud", "921600");
    expect(run.stdout).toContain("Loader  stub at 921600 baud\n");
  });

  it("believes a person who knows the flash better", async () => {
    const run = await createDesk().run("info", "--chip-size", "2MB");
    expect(run.stdout).toContain(
      "Flash   2 MB (2097152 bytes), id e0 4016 (BergMicro), its id says 4 MB (4194304 bytes)\n",
    );
  });

  it("answers to esptool's names", async () => {
    for (const name of ["flash_id", "chip-id", "read_mac"]) {
      expect((await createDesk().run("--chip", "esp8266", name)).stdout).toContain(
        "MAC     5c:cf:7f:02:9a:b7",
      );
    }
  });

  it("gives up after as many attempts as asked, and says why", async () => {
    const desk = createDesk({ faults: [{ kind: "silence", direction: "to-host", after: 0 }] });
    const run = await desk.run("info", "--connect-attempts", "2");
    expect(run.code).toBe(1);
    expect(run.stdout.match(/^Connecting/gm)).toHaveLength(2);
    expect(run.stderr).toMatch(
      /^error: .* is open, but the board sent nothing in 2 attempts\. Likely: the cable only charges and carries no data, .* or the port belongs to another device\.\n/,
    );
    expect(run.stderr).toMatch(/ code: connect-silent\n$/);
  });

  it("refuses a hard reset at once where there is no reset line", async () => {
    const run = await createDesk({ wiring: "none" }).run("info", "--after", "hard-reset");
    expect([run.code, run.stdout, run.stderr.split("\n").at(-2)]).toEqual([1, "", " code: no-reset-line"]);
  });

  it("runs on a virtual board by name", async () => {
    const run = await createDesk().run("info", "--port", "virtual:d1-mini-pro");
    expect(run.stdout).toContain("Flash   16 MB (16777216 bytes), id ef 4018 (Winbond)\n");
    const unknown = await createDesk().run("info", "--port", "virtual:esp-99");
    expect([unknown.code, unknown.stderr.split("\n")[0]]).toEqual([
      2,
      "error: There is no virtual board esp-99.",
    ]);
  });
});
