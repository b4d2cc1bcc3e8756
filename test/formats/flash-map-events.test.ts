/**
 * The events of `--json` that speak of the flash map, as a golden file: one of each kind, from commands on a virtual board
 * with made firmware.
 *
 * @module
 */
import { expect, it } from "vitest";
import { createDesk } from "../../apps/cli/src/cli.fixture.js";
import { packageFolder, SECRET, usedChip } from "../../apps/cli/src/commands/espruino.fixture.js";
import { temporaryFolder } from "../../apps/cli/src/commands/files.fixture.js";
import { expectGolden } from "./golden.js";

const files = temporaryFolder();
type Events = Record<string, unknown>[];

/** The 4 MB build of 1v95 under map 4, after `wifi.save()`. */
const destroyed = () => createDesk({ flash: usedChip("ESP8266_4MB", "1v95", 0x4f) });
const healthy = () => createDesk({ flash: usedChip("ESP8266_BOARD", "2v09", 0x40) });

async function eventsOf(desk: ReturnType<typeof createDesk>, ...argv: string[]): Promise<Events> {
  const run = await desk.run(...argv, "--json");
  expect(run.stdout).not.toContain(SECRET);
  return run.events();
}

/** The first event of a kind, without what depends on folders and on the library that compresses. */
function line(events: Events, type: string, folder = ""): string {
  const found = events.find((event) => event.type === type);
  const event = type === "backup" ? { ...found, size: 0 } : found;
  return JSON.stringify(event).replaceAll(folder === "" ? "\0" : folder, "FOLDER");
}

it("flashwright/events, version 1: survey, diagnosis, layout, package, plan by package, backup, restore, erasure", async () => {
  const folder = packageFolder("ESP8266_4MB", "1v95");
  const path = files.path("board.zip");
  const doctor = await eventsOf(destroyed(), "doctor", "--no-watch", "--deep");
  const map = await eventsOf(destroyed(), "map");
  const plan = await eventsOf(destroyed(), "plan", folder);
  const desk = healthy();
  const backup = await eventsOf(desk, "backup", path);
  const erase = await eventsOf(desk, "erase", "saved-code", "--yes");
  const restore = await eventsOf(desk, "restore", path);
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  const lines = [
    line(doctor, "surveying"),
    line(doctor, "survey"),
    line(doctor, "diagnosis"),
    line(map, "layout"),
    line(plan, "package", name),
    line(plan, "planned", name),
    line(backup, "backup", path),
    line(erase, "erasure"),
    line(erase, "backup", desk.dataFolder),
    line(restore, "restore"),
  ];
  expectGolden("flash-map-events-1.ndjson", `${lines.join("\n")}\n`);
});
