import { existsSync, readFileSync } from "node:fs";
import { FlasherError } from "@flashwright/core";
import { openBackup } from "@flashwright/core/backup";
import type { ListedPort } from "@flashwright/node-transport";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { describe, expect, it, vi } from "vitest";
import { bootImage, noise } from "../../../../test/support/content.js";
import { createDesk, type Desk, usbPort } from "../cli.fixture.js";
import { packageFolder, usedChip, user1Of } from "../commands/espruino.fixture.js";
import { temporaryFolder } from "../commands/files.fixture.js";
import { at, code, type Happening, runWhile, type SeenEvent } from "./losses.fixture.js";

const files = temporaryFolder();
const image = noise(0x20000, 5);
const content = noise(0x60000, 6);
const flashIt = [
  "flash",
  "0",
  files.write("boot.bin", bootImage()),
  "0x10000",
  files.write("data.bin", image),
];
const MAC = "5c:cf:7f:02:9a:b7";
const release = packageFolder("ESP8266_4MB", "1v95");
const damaged = usedChip("ESP8266_4MB", "1v95", 0x4f);

/** Takes the connection away; the board keeps its power. */
const cut = (desk: Desk, when: Happening["when"]): Happening => ({
  when,
  happens: () => void desk.board.reconnect(),
});
/** Pulls the plug of board and adapter. */
const unplug = (desk: Desk, when: Happening["when"]): Happening => ({
  when,
  happens: () => desk.board.unplug(),
});
/** The supply of the board fails for a moment; the adapter has one of its own. */
const brownOut = (desk: Desk, when: Happening["when"]): Happening => ({
  when,
  happens: () => desk.board.powerCycle(),
});

/** Lets the present connection pass, before the next thing happens. */
const reconnected: Happening = { when: ({ type }) => type === "connected", happens: () => {} };

/** Opens the board the first time, and then as `then` says. */
function opening(
  desk: Desk,
  then: (path: string, attempt: number) => ReturnType<Desk["board"]["reconnect"]>,
) {
  let openings = 0;
  return async (path: string) => (openings++ === 0 ? desk.board.reconnect() : then(path, openings - 1));
}
const never = (path: string): never => {
  throw new FlasherError("port-not-found", { label: path });
};

const WAITED = ["port-awaited", "port-back"];
const regionsOf = (seen: readonly SeenEvent[], operation: string) =>
  seen.filter(at(operation)).map(({ region }) => region as { offset: number; size: number });
const failure = (seen: readonly SeenEvent[]) => seen.at(-1)?.error as { code: string; params: object };

describe("a port that is lost in the middle of a write", () => {
  it("is waited for, and the work goes on", async () => {
    const desk = createDesk();
    const openTransport = opening(desk, (path, attempt) =>
      attempt < 5 ? never(path) : desk.board.reconnect(),
    );
    const argv = [...flashIt, "--no-watch"];
    const run = await runWhile(desk, argv, [unplug(desk, at("write", "progress"))], { openTransport });
    expect([run.code, run.notes]).toEqual([
      0,
      ["port-awaited", "flash-partial", "port-back", "plan-resumed"],
    ]);
    expect(run.seen.find(code("port-awaited"))?.params).toEqual({
      label: desk.board.transport.label,
      seconds: 120,
      count: 1,
      most: 5,
    });
    expect(desk.board.flash.slice(0x10000, 0x30000)).toEqual(image);
  });

  it("in a restore is waited for as well", async () => {
    const archive = files.path("board.zip");
    expect((await createDesk({ flash: content }).run("backup", archive)).code).toBe(0);
    const desk = createDesk();
    const run = await runWhile(desk, ["restore", archive], [unplug(desk, at("write", "progress"))]);
    expect([run.code, run.notes.includes("plan-resumed")]).toEqual([0, true]);
    expect(Buffer.compare(desk.board.flash.subarray(0, content.length), content)).toBe(0);
  });

  it("in a recovery is waited for as well", async () => {
    const desk = createDesk({ flash: damaged });
    const argv = ["recover", release, "--no-watch"];
    const run = await runWhile(desk, argv, [unplug(desk, at("write", "progress"))]);
    expect([run.code, run.notes.includes("plan-resumed")]).toEqual([0, true]);
    const user1 = user1Of("ESP8266_4MB", "1v95");
    expect(Buffer.compare(desk.board.flash.slice(0x1000, 0x1000 + user1.length), user1)).toBe(0);
    expect((await desk.run("doctor", "--no-watch", "--deep")).code).toBe(0);
  });

  it("before the write, while what is lost is saved, makes the plan be checked before it is run", async () => {
    const desk = createDesk({ flash: damaged });
    const change: Happening = {
      when: code("port-awaited"),
      happens: () => desk.board.flash.fill(0, 0x2000, 0x2010),
    };
    const argv = ["recover", release, "--no-watch"];
    const run = await runWhile(desk, argv, [unplug(desk, at("read")), change]);
    expect([run.code, failure(run.seen).code, run.notes]).toEqual([
      1,
      "plan-stale",
      [...WAITED, "read-resumed"],
    ]);
    expect(desk.board.statistics.programs).toBe(0);
  });

  it("is found under another name by the adapter's serial number", async () => {
    const desk = createDesk();
    const moved: ListedPort = { ...usbPort, path: "/dev/ttyUSB4" };
    const other: ListedPort = { ...usbPort, path: "/dev/ttyUSB3", serialNumber: "0002" };
    let isGone = false;
    const listPorts = async () => (isGone ? [other, moved] : [usbPort]);
    const tried: string[] = [];
    const openTransport = opening(desk, (path) => {
      tried.push(path);
      return path === "/dev/ttyUSB0" ? never(path) : desk.board.reconnect();
    });
    const plug: Happening = {
      when: at("write", "progress"),
      happens: () => {
        isGone = true;
        desk.board.unplug();
      },
    };
    const run = await runWhile(desk, [...flashIt, "--no-watch"], [plug], { openTransport, listPorts });
    expect([run.code, tried]).toEqual([0, ["/dev/ttyUSB4"]]);
  });

  it("that does not come back within two minutes ends with that and the state of the flash", async () => {
    const desk = createDesk();
    const openTransport = opening(desk, never);
    const run = await runWhile(desk, flashIt, [unplug(desk, at("write", "progress"))], { openTransport });
    expect([run.code, failure(run.seen), run.notes.at(-1)]).toMatchObject([
      1,
      {
        code: "port-away",
        params: { label: "/dev/ttyUSB0", seconds: 120 },
        detail: "There is no port /dev/ttyUSB0.",
      },
      "cancelled-partial",
    ]);
  });

  it("behind which another chip is found is left alone, and both MACs are named", async () => {
    const clock = createVirtualClock();
    const desk = createDesk({ clock });
    const { spec } = desk.board;
    const [low, ...words] = spec.efuseWords;
    const board = { ...spec, efuseWords: [(low ^ 0x0100_0000) >>> 0, ...words] as const };
    const stranger = createVirtualBoard({ board, clock });
    const openTransport = opening(desk, () => stranger.reconnect());
    const run = await runWhile(desk, flashIt, [unplug(desk, at("write", "progress"))], {
      clock,
      openTransport,
    });
    expect([failure(run.seen), run.notes.at(-1)]).toMatchObject([
      { code: "port-other-chip", params: { expected: MAC, actual: expect.not.stringMatching(MAC) } },
      "cancelled-partial",
    ]);
    expect(stranger.flash.every((byte) => byte === 0xff)).toBe(true);
    await vi.waitFor(() => expect(stranger.state).toMatchObject({ mode: "hung", bootMode: 3 }));
  });
});

describe("a board that stops answering behind a port that stays", () => {
  it("after a short break of its supply is connected again, with the reason, and the work goes on", async () => {
    const desk = createDesk();
    const run = await runWhile(desk, [...flashIt, "--no-watch"], [brownOut(desk, at("write", "progress"))]);
    expect([run.code, run.notes]).toEqual([0, ["board-awaited", "flash-partial", "plan-resumed"]]);
    expect(run.seen.find(code("board-awaited"))?.params).toMatchObject({
      reason: expect.stringMatching(/^The chip did not answer \w+ within \d+ ms\.$/),
      count: 1,
    });
    expect(desk.board.flash.slice(0x10000, 0x30000)).toEqual(image);
  });

  it("because the line went dead is connected again", async () => {
    const desk = createDesk({
      faults: [{ kind: "silence", direction: "to-chip", after: 100_000, untilReconnect: true }],
    });
    const run = await runWhile(desk, [...flashIt, "--no-watch"], []);
    expect([run.code, run.notes]).toEqual([0, ["board-awaited", "flash-partial", "plan-resumed"]]);
    expect(desk.board.flash.slice(0x10000, 0x30000)).toEqual(image);
  });

  it("because the system refuses to write to it is connected again, with the system's words", async () => {
    const desk = createDesk();
    let broken = false;
    const openTransport = async () => {
      const transport = desk.board.reconnect();
      const write = transport.write.bind(transport);
      let isFirst = desk.opened.push("opened") === 1;
      return Object.assign(transport, {
        write(bytes: Uint8Array) {
          if (!broken || !isFirst) return write(bytes);
          isFirst = false;
          return Promise.reject(new Error("EIO: i/o error, write"));
        },
      });
    };
    const breaks: Happening = {
      when: at("write", "progress"),
      happens: () => {
        broken = true;
      },
    };
    const run = await runWhile(desk, [...flashIt, "--no-watch"], [breaks], { openTransport });
    expect([run.code, run.notes]).toEqual([0, ["board-awaited", "flash-partial", "plan-resumed"]]);
    expect(run.seen.find(code("board-awaited"))?.params).toMatchObject({
      reason: expect.stringContaining("EIO: i/o error, write"),
    });
  });

  it("is waited for where its port goes away with that", async () => {
    const desk = createDesk();
    const openTransport = opening(desk, (path, attempt) =>
      attempt < 3 ? never(path) : desk.board.reconnect(),
    );
    const argv = [...flashIt, "--no-watch"];
    const run = await runWhile(desk, argv, [brownOut(desk, at("write", "progress"))], { openTransport });
    expect([run.code, run.notes]).toEqual([
      0,
      ["board-awaited", "flash-partial", "port-awaited", "port-back", "plan-resumed"],
    ]);
  });

  it("is given up after five times, with the state of the flash and what it was the last time", async () => {
    const desk = createDesk();
    const again = Array.from({ length: 9 }, () => cut(desk, at("write")));
    const run = await runWhile(desk, flashIt, again);
    expect([
      run.code,
      failure(run.seen),
      run.notes.filter((note) => note === "port-awaited").length,
    ]).toMatchObject([1, { code: "connection-unsteady", params: { count: 6 } }, 5]);
    expect(run.notes.at(-1)).toBe("cancelled-partial");
  });

  it("counts the losses of all parts of a command together", async () => {
    const desk = createDesk({ flash: damaged });
    const argv = ["recover", release, "--no-watch"];
    const again = [
      ...Array.from({ length: 3 }, () => cut(desk, at("read"))),
      ...Array.from({ length: 3 }, () => cut(desk, at("write"))),
    ];
    const run = await runWhile(desk, argv, again);
    expect([failure(run.seen).code, run.notes.filter((note) => note === "port-awaited").length]).toEqual([
      "connection-unsteady",
      5,
    ]);
  });

  it.each([
    ["verify-failed", [{ kind: "dead-sector", offset: 0x14000 }]],
    ["flash-protected", [{ kind: "returning-protection" }]],
  ] as const)("is not connected again for what the flash refuses: %s", async (expected, faults) => {
    const desk = createDesk({ faults, flash: content });
    const run = await runWhile(desk, flashIt, []);
    expect([run.code, failure(run.seen).code, desk.opened.length]).toEqual([1, expected, 1]);
  });
});

describe("an erase whose port is lost", () => {
  it("says what state the flash is in, and erases only what is missing", async () => {
    const clock = createVirtualClock();
    const desk = createDesk({ clock, pace: "line", flash: content });
    const later: Happening = {
      when: at("erase"),
      happens: () => void clock.setTimer(600, () => desk.board.unplug()),
    };
    const argv = ["erase", "0x3000", "0x3d000", "--no-backup", "--yes"];
    const run = await runWhile(desk, argv, [later], { clock });
    expect([run.code, run.notes]).toEqual([
      0,
      ["port-awaited", "flash-partial", "port-back", "erase-resumed"],
    ]);
    const [first, ...again] = regionsOf(run.seen, "erase");
    expect(first).toEqual({ offset: 0x3000, size: 0x3d000 });
    expect(again[0].offset).toBeGreaterThan(0x3000);
    const expected = content.slice().fill(0xff, 0x3000, 0x40000);
    expect(Buffer.compare(desk.board.flash.subarray(0, content.length), expected)).toBe(0);
  });

  it("of the whole chip lets it come to its end", async () => {
    const clock = createVirtualClock();
    const desk = createDesk({ clock, pace: "line", flash: content });
    const later: Happening = {
      when: at("erase"),
      happens: () => void clock.setTimer(2000, () => desk.board.reconnect()),
    };
    const run = await runWhile(desk, ["erase", "--no-backup", "--yes"], [later], { clock });
    expect([run.code, run.notes, regionsOf(run.seen, "erase").length]).toEqual([
      0,
      ["port-awaited", "flash-partial", "port-back", "erase-was-complete"],
      1,
    ]);
    expect(desk.board.flash.every((byte) => byte === 0xff)).toBe(true);
  });

  it("of regions by name checks those again that it had erased before", async () => {
    const desk = createDesk({ flash: usedChip("ESP8266_4MB", "1v95", 0x6f) });
    const all = await runWhile(desk, ["erase", "wifi,saved-code", "--no-backup", "--yes"], []);
    const regions = regionsOf(all.seen, "erase");
    expect([all.code, regions.length > 1]).toEqual([0, true]);

    const other = createDesk({ flash: usedChip("ESP8266_4MB", "1v95", 0x6f) });
    const used: Happening = {
      when: code("port-awaited"),
      happens: () => other.board.flash.fill(0, regions[0].offset, regions[0].offset + 4),
    };
    const second = (event: SeenEvent) =>
      at("erase")(event) && (event.region as { offset: number }).offset === regions[1].offset;
    const argv = ["erase", "wifi,saved-code", "--no-backup", "--yes"];
    const run = await runWhile(other, argv, [cut(other, second), used]);
    expect([run.code, run.notes.includes("erase-resumed")]).toEqual([0, true]);
    expect(Buffer.compare(other.board.flash, desk.board.flash)).toBe(0);
  });
});

describe("a reading whose port is lost", () => {
  it("goes on with what is missing", async () => {
    const desk = createDesk({ flash: content });
    const past = (event: SeenEvent) => at("read", "progress")(event) && Number(event.doneBytes) >= 0x28000;
    const file = files.path("read.bin");
    const run = await runWhile(desk, ["read", "0", "0x60000", file], [unplug(desk, past)]);
    expect([run.code, run.notes]).toEqual([0, [...WAITED, "read-resumed"]]);
    expect(regionsOf(run.seen, "read")[1].offset).toBeGreaterThanOrEqual(0x28000);
    expect(Buffer.compare(readFileSync(file), content)).toBe(0);
  });

  it("leaves no file where the port does not come back", async () => {
    const desk = createDesk({ flash: content });
    const file = files.path("never.bin");
    const run = await runWhile(desk, ["read", "0", "0x60000", file], [unplug(desk, at("read"))], {
      openTransport: opening(desk, never),
    });
    expect([failure(run.seen).code, run.notes, existsSync(file)]).toEqual([
      "port-away",
      ["port-awaited"],
      false,
    ]);
  });

  it("makes a backup of one moment, whatever the board has changed in between", async () => {
    const desk = createDesk({ flash: content });
    const file = files.path("moment.zip");
    const past = (event: SeenEvent) => at("read", "progress")(event) && Number(event.doneBytes) >= 0x28000;
    const change: Happening = {
      when: code("port-awaited"),
      happens: () => {
        desk.board.flash.fill(0x12, 0x1000, 0x1010);
        desk.board.flash.fill(0x34, 0x200000, 0x200010);
      },
    };
    const run = await runWhile(desk, ["backup", file], [unplug(desk, past), change]);
    expect([run.code, run.notes]).toEqual([0, [...WAITED, "read-resumed"]]);
    const restored = createDesk();
    expect(openBackup(readFileSync(file)).manifest.chip.mac).toBe(MAC);
    expect((await restored.run("restore", file, "--yes")).code).toBe(0);
    expect(Buffer.compare(restored.board.flash, desk.board.flash)).toBe(0);
  });

  it("makes a verification begin once more", async () => {
    const desk = createDesk({ flash: content });
    const file = files.write("content.bin", content);
    const run = await runWhile(desk, ["verify", "0", file], [cut(desk, at("verify"))]);
    expect([run.code, run.notes, regionsOf(run.seen, "verify").length]).toEqual([0, WAITED, 2]);
  });
});

describe("a port that is lost while the board starts", () => {
  const boots = (event: SeenEvent) => event.type === "boot";
  const WRITTEN = { type: "completed", result: { code: "flash-written-verified" } };

  it("is waited for a little, and the start is watched once more", async () => {
    const desk = createDesk();
    const run = await runWhile(desk, flashIt, [cut(desk, boots)]);
    expect([run.code, run.notes, run.seen.at(-1)]).toMatchObject([0, ["boot-watch-again"], WRITTEN]);
    expect(run.seen.filter(({ type }) => type === "verdict").length).toBe(1);
  });

  it("and lost again leaves the flash done and its start not judged", async () => {
    const desk = createDesk();
    const run = await runWhile(desk, flashIt, [cut(desk, boots), reconnected, cut(desk, boots)]);
    expect([run.code, run.notes, run.seen.at(-1)]).toMatchObject([
      0,
      ["boot-watch-again", "boot-half-seen"],
      WRITTEN,
    ]);
    expect(run.seen.some(({ type }) => type === "verdict")).toBe(false);
  });

  it("and does not come back leaves the flash done after ten seconds", async () => {
    const clock = createVirtualClock();
    const desk = createDesk({ clock });
    let lostAt = 0;
    const lose: Happening = {
      when: at("verify", "finished"),
      happens: () => {
        lostAt = clock.now();
      },
    };
    const run = await runWhile(desk, flashIt, [lose, unplug(desk, boots)], {
      clock,
      openTransport: opening(desk, never),
    });
    expect([run.code, run.notes.at(-1), run.seen.at(-1)]).toMatchObject([0, "boot-half-seen", WRITTEN]);
    expect(clock.now() - lostAt).toBeLessThan(12_000);
  });

  it("without a reset line is not waited for", async () => {
    const desk = createDesk({ wiring: "none" });
    desk.board.hold("flash");
    desk.board.powerCycle();
    desk.board.release("flash");
    const run = await runWhile(desk, flashIt, [cut(desk, boots)]);
    expect([run.code, run.notes.at(-1), desk.opened.length]).toEqual([0, "boot-half-seen", 1]);
  });

  it("in a restore, which does not watch, is said", async () => {
    const archive = files.path("end.zip");
    expect((await createDesk({ flash: content }).run("backup", archive)).code).toBe(0);
    const desk = createDesk();
    const last = (event: SeenEvent) => at("verify", "finished")(event);
    const run = await runWhile(desk, ["restore", archive], [unplug(desk, last)]);
    expect([run.code, run.notes.at(-1)]).toEqual([0, "board-not-started"]);
  });

  it("leaves the doctor with what the flash says", async () => {
    const desk = createDesk({ flash: damaged });
    const run = await runWhile(desk, ["doctor"], [cut(desk, boots), reconnected, cut(desk, boots)]);
    expect([run.code, run.notes, run.seen.at(-1)]).toMatchObject([
      1,
      ["boot-watch-again", "boot-half-seen"],
      { result: { code: "doctor-found" } },
    ]);
  });
});

describe("a port that is lost between two connections of one command", () => {
  it("is waited for when the board is connected again", async () => {
    const desk = createDesk({ flash: damaged });
    const boots = (event: SeenEvent) => event.type === "boot";
    const run = await runWhile(desk, ["recover", release], [cut(desk, boots), reconnected, cut(desk, boots)]);
    expect([run.code, run.notes.slice(0, 4)]).toEqual([0, ["boot-watch-again", "boot-half-seen", ...WAITED]]);
    expect((await desk.run("doctor", "--no-watch", "--deep")).code).toBe(0);
  });
});

describe("Ctrl-C around a loss of the port", () => {
  const archive = files.path("whole.zip");
  const wholly = files.write("whole.bin", content);
  const CHANGED = ["cancelled-untouched", "cancelled-partial", "cancelled-unverified", "cancelled-complete"];
  const UNTOUCHED = ["cancelled-untouched"];
  const commands: readonly (readonly [
    argv: readonly string[],
    operation: string,
    states: readonly string[],
  ])[] = [
    [[...flashIt, "--no-watch"], "write", CHANGED],
    [flashIt, "verify", CHANGED],
    [["restore", archive, "--yes"], "write", CHANGED],
    [["recover", release, "--no-watch"], "write", CHANGED],
    [["erase", "0x3000", "0x4000", "--yes"], "erase", CHANGED],
    [["erase", "--yes"], "erase", CHANGED],
    [["erase", "wifi,saved-code", "--yes"], "erase", CHANGED],
    [["backup", files.path("made.zip")], "read", UNTOUCHED],
    [["read", "0", "0x20000", files.path("dump.bin")], "read", UNTOUCHED],
    [["verify", "0", wholly], "verify", UNTOUCHED],
  ];

  it.each(commands.map((row) => [row[0][0], ...row] as const))(
    "in `%s` leaves a chip that can be connected to, and says what state the flash is in",
    async (_, argv, operation, states) => {
      const isEspruino = argv[0] === "recover" || argv[1] === "wifi,saved-code";
      const flash = isEspruino ? damaged : argv[0] === "restore" ? noise(0x60000, 7) : content;
      // The smallest chip that holds it all: what is done takes as many steps on it, and less of the tests' time.
      const board = isEspruino ? "esp-12f" : "esp-01";
      if (argv[0] === "restore") {
        const keeper = createDesk({ flash: content, board });
        expect((await keeper.run("backup", archive)).code).toBe(0);
      }
      const attempt = async (moment: number) => {
        const desk = createDesk({ flash, board });
        let after = 0;
        const stop: Happening = { when: () => ++after === moment, happens: () => desk.interrupt() };
        return { desk, run: await runWhile(desk, argv, [unplug(desk, at(operation)), stop]) };
      };
      const { run: whole } = await attempt(-1);
      const from = whole.notes.includes("port-awaited") ? whole.seen.findIndex(code("port-awaited")) : -1;
      expect(from).toBeGreaterThan(0);
      const moments = whole.seen.length - from;
      for (let moment = 1; moment < moments; moment += Math.max(1, Math.floor(moments / 5))) {
        const { desk, run } = await attempt(moment);
        if (run.code === 130) {
          expect([moment, run.seen.at(-1)?.type]).toEqual([moment, "cancelled"]);
          expect(states).toContain(run.notes.at(-1));
        } else expect([moment, run.seen.at(-1)?.type]).not.toEqual([moment, "cancelled"]);
        expect([moment, (await desk.run("info")).code]).toEqual([moment, 0]);
      }
    },
  );

  it("ends the waiting at once", async () => {
    const clock = createVirtualClock();
    const desk = createDesk({ clock });
    const stop: Happening = { when: code("flash-partial"), happens: () => desk.interrupt() };
    const before = clock.now();
    const run = await runWhile(desk, flashIt, [unplug(desk, at("write", "progress")), stop], {
      clock,
      openTransport: opening(desk, never),
    });
    expect([run.code, run.notes.at(-1)]).toEqual([130, "cancelled-partial"]);
    expect(clock.now() - before).toBeLessThan(1000);
  });
});
