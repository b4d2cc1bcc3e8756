import { FlasherError } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { bootImage, noise } from "../../../../test/support/content.js";
import { createDesk, type Desk, usbPort } from "../cli.fixture.js";
import { temporaryFolder } from "../commands/files.fixture.js";

const files = temporaryFolder();
const image = noise(0x20000, 5);
const flashIt = [
  "flash",
  "--json",
  "0",
  files.write("boot.bin", bootImage()),
  "0x10000",
  files.write("data.bin", image),
];

/** A desk whose cable is pulled in the middle of the write. */
const losing = (): Desk =>
  createDesk({ faults: [{ kind: "cut-line", direction: "to-chip", after: 100_000 }] });

/** Opens the board the first time, and then as `then` says. */
function opening(
  desk: Desk,
  then: (path: string, attempt: number) => ReturnType<Desk["board"]["reconnect"]>,
) {
  let openings = 0;
  return async (path: string) => (openings++ === 0 ? desk.board.reconnect() : then(path, openings - 1));
}

const notes = (events: Record<string, unknown>[]) =>
  events.flatMap(({ type, code }) => (type === "note" || type === "warning" ? [code] : []));
const MAC = "5c:cf:7f:02:9a:b7";
const gone = (label: string) => new FlasherError("port-not-found", { label });

describe("a port that is lost in the middle of a write", () => {
  it("is waited for, and the work goes on", async () => {
    const desk = losing();
    const openTransport = opening(desk, (path, attempt) => {
      if (attempt < 5) throw gone(path);
      return desk.board.reconnect();
    });
    const run = await desk.runIn({ openTransport }, ...flashIt, "--no-watch");
    expect(run.code).toBe(0);
    expect(notes(run.events())).toEqual(
      expect.arrayContaining(["port-awaited", "port-back", "plan-resumed"]),
    );
    expect(desk.board.flash.slice(0x10000, 0x30000)).toEqual(image);
  });

  it("in a restore is waited for as well", async () => {
    const archive = files.path("board.zip");
    expect((await createDesk({ flash: noise(0x20000, 9) }).run("backup", archive)).code).toBe(0);
    const desk = losing();
    const run = await desk.run("restore", archive, "--json");
    expect([run.code, notes(run.events()).includes("plan-resumed")]).toEqual([0, true]);
    expect(desk.board.flash.slice(0, 0x20000)).toEqual(noise(0x20000, 9));
  });

  it("is found under another name by the adapter's serial number", async () => {
    const desk = losing();
    const moved: ListedPort = { ...usbPort, path: "/dev/ttyUSB4" };
    const other: ListedPort = { ...usbPort, path: "/dev/ttyUSB3", serialNumber: "0002" };
    let isGone = false;
    const listPorts = async () => (isGone ? [other, moved] : [usbPort]);
    const tried: string[] = [];
    const openTransport = opening(desk, (path) => {
      isGone = true;
      tried.push(path);
      if (path === "/dev/ttyUSB0") throw gone(path);
      return desk.board.reconnect();
    });
    const run = await desk.runIn({ openTransport, listPorts }, ...flashIt, "--no-watch");
    expect([run.code, tried.at(-1), tried.includes("/dev/ttyUSB3")]).toEqual([0, "/dev/ttyUSB4", false]);
  });

  it("that does not come back within two minutes ends with port-lost, not with done", async () => {
    const desk = losing();
    const openTransport = opening(desk, (path) => {
      throw gone(path);
    });
    const run = await desk.runIn({ openTransport }, ...flashIt);
    const last = run.events().at(-1);
    expect([run.code, last]).toMatchObject([1, { type: "failed", error: { code: "port-lost" } }]);
  });

  it("behind which another chip is found is left alone, and both MACs are named", async () => {
    const desk = losing();
    const { spec } = desk.board;
    const [low, ...words] = spec.efuseWords;
    const board = { ...spec, efuseWords: [(low ^ 0x0100_0000) >>> 0, ...words] as const };
    const stranger = createVirtualBoard({ board });
    const openTransport = opening(desk, () => stranger.reconnect());
    const run = await desk.runIn({ openTransport }, ...flashIt);
    expect(run.events().at(-1)).toMatchObject({
      type: "failed",
      error: { code: "plan-wrong-chip", params: { expected: MAC, actual: expect.not.stringMatching(MAC) } },
    });
    expect(stranger.flash.every((byte) => byte === 0xff)).toBe(true);
  });

  it("is no longer waited for after Ctrl-C, which says what state the flash is in", async () => {
    const desk = losing();
    const openTransport = opening(desk, (path) => {
      throw gone(path);
    });
    const run = await desk.runIn({ openTransport, interruptAt: "port-awaited" }, ...flashIt);
    expect(run.code).toBe(130);
    expect(notes(run.events()).at(-1)).toBe("cancelled-partial");
  });
});
