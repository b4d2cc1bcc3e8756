/**
 * Every format that leaves the program, as a golden file beside this test: what an older reader was promised. A change of a
 * golden file needs a new `version`, unless it only adds.
 *
 * @module
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  connect,
  esp8266,
  type FlashEvent,
  FlasherError,
  planFlash,
  readFills,
  runPlan,
  watchBoot,
} from "@flashwright/core";
import { makeBackup, openBackup } from "@flashwright/core/backup";
import { flashMap, layoutFor } from "@flashwright/core/maps";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { createDesk } from "../../apps/cli/src/cli.fixture.js";
import { bootImage, noise } from "../support/content.js";
import { expectGolden, golden } from "./golden.js";

/** One small flash on the virtual board, in virtual time: everything in it is the same in every run. */
async function flashOnce() {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ flash: noise(0x4000, 3), pace: "line", clock });
  const events: FlashEvent[] = [];
  const onEvent = (event: FlashEvent) => void events.push(event);
  const session = await connect(board.transport, { target: esp8266, clock, onEvent });
  const images = [
    { name: "boot.bin", offset: 0, bytes: bootImage() },
    { name: "data.bin", offset: 0x2000, bytes: noise(0x1234, 4) },
  ];
  const contents = await readFills(session, images, { onEvent });
  const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
  const size = esp8266.image.flashParams.sizes.find(({ name }) => name === "4MB");
  const { plan, data } = planFlash({ target: esp8266, chip, images, contents, header: { size } });
  onEvent({ type: "planned", plan });
  const { result } = await runPlan(session, plan, data, { onEvent });
  await watchBoot(session, { onEvent });
  onEvent({ type: "completed", result });
  return { plan, events };
}

describe("formats", () => {
  it("flashwright/plan, version 2", async () => {
    const { plan } = await flashOnce();
    expectGolden("plan-2.json", `${JSON.stringify(plan, null, 2)}\n`);
  });

  it("flashwright/error, version 1, which is read back as it was", () => {
    const error = new FlasherError(
      "write-refused",
      {
        loader: "stub",
        op: "FLASH_DATA",
        offset: 0x1000,
        reason: "flash operation failed",
        status: 0xc4,
        detail: 0,
      },
      { cause: new Error("the far end's words") },
    );
    expectGolden("error-1.json", `${JSON.stringify(error, null, 2)}\n`);
    const back = FlasherError.fromJSON(JSON.parse(readFileSync(golden("error-1.json"), "utf8")));
    expect(back.toJSON()).toEqual(error.toJSON());
  });

  it("flashwright/events, version 1: the events of a flash without the progress in between", async () => {
    const { events } = await flashOnce();
    const lines = events
      .filter(({ type }) => type !== "progress")
      .map((event) => roundTimes(JSON.stringify(event)));
    expectGolden("events-1.ndjson", `${lines.join("\n")}\n`);
  });

  it("flashwright/backup, version 1: the manifest, whose ZIP is read back as it was", () => {
    const flash = {
      covers: [{ offset: 0, size: 0x80000 }],
      pieces: [{ offset: 0x77000, bytes: noise(0x2000, 5) }],
    };
    const { bytes, manifest } = makeBackup({
      chip: { target: "esp8266", name: "ESP8266EX", mac: "5c:cf:7f:02:9a:b7" },
      flash: { id: 0x1340c8 },
      flashSize: 0x80000,
      date: "2026-11-22T21:05:00Z",
      map: flashMap(0),
      layout: layoutFor({ family: "espruino", build: "ESP8266_BOARD", version: "2v09" }, 0),
      contents: flash,
      without: ["boot"],
    });
    expectGolden("backup-manifest-1.json", `${JSON.stringify(manifest, null, 2)}\n`);
    expect(openBackup(bytes).manifest).toEqual(manifest);
  });

  it("the first line of --json and of --trace name format and version", async () => {
    const folder = mkdtempSync(join(tmpdir(), "flashwright-formats-"));
    const trace = join(folder, "trace.ndjson");
    const { stdout } = await createDesk().run("info", "--port", "/dev/ttyUSB0", "--json", "--trace", trace);
    const [first] = stdout.split("\n");
    expect(JSON.parse(first)).toMatchObject({ format: "flashwright/events", version: 1, type: "connecting" });
    const [header] = readFileSync(trace, "utf8").split("\n");
    expectGolden("trace-header-1.json", `${header}\n`);
    rmSync(folder, { recursive: true });
  });
});

/** Times are of the clock, and not part of what the format promises. */
const roundTimes = (json: string): string =>
  json
    .replace(/"elapsedMs":[\d.]+/g, '"elapsedMs":0')
    .replace(/"seconds":"[\d.]+","rate":\d+/, '"seconds":"0.0","rate":0');
