import { expect, it } from "vitest";
import type { Engine } from "../engine/engine.js";
import type { BoardReport, DoneReport } from "../report/reports.js";
import { createFlasher } from "./create-flasher.js";

const board = { label: "board", facts: [] } as unknown as BoardReport;

/** The page's state over an engine that ends every run as it is told. */
function flasherOver(run: () => Promise<DoneReport>) {
  const engine = { examine: async () => board, run } as unknown as Engine;
  const [state, actions] = createFlasher({
    createEngine: () => engine,
    chooseSink: async () => undefined,
    words: { saved: String, downloaded: String, empty: "" },
  });
  return { state, actions };
}

const stopped = (changes: object) => ({
  code: "stopped",
  message: "",
  details: "",
  isCancelled: true,
  ...changes,
});

it.each([
  ["a run that came to its end", async () => ({ result: "", regions: [] }), true],
  ["one that was stopped in its middle", () => Promise.reject(stopped({ isFlashChanged: true })), true],
  ["one that was stopped before it wrote", () => Promise.reject(stopped({})), false],
] as const)(
  "what was found before is old after %s, until the board is examined again",
  async (_, run, isOld) => {
    const { state, actions } = flasherOver(run);
    await actions.examine();
    expect(state.isBoardStale).toBe(false);
    await actions.run("nothing-lost");
    expect(state.isBoardStale).toBe(isOld);
    await actions.examine();
    expect(state.isBoardStale).toBe(false);
  },
);

it("goes on with a run over a new connection where the old one is gone, and not where there is none", async () => {
  const asked: string[] = [];
  let isThere = true;
  const engine = {
    connect: async () => {
      asked.push("connect");
      if (!isThere) throw { code: "port-busy" };
      return board;
    },
    run: () => Promise.reject({ code: "port-away", details: "", isFlashChanged: true }),
    goOn: async () => {
      asked.push("goOn");
      return { result: "", regions: [] };
    },
  } as unknown as Engine;
  const [state, actions] = createFlasher({
    createEngine: () => engine,
    chooseSink: async () => undefined,
    words: { saved: String, downloaded: String, empty: "" },
  });
  await actions.connect(async () => ({ kind: "virtual", holds: "nothing", pace: "unlimited" }));
  await actions.run("nothing-lost");
  isThere = false;
  await actions.goOn();
  expect([asked, state.failure?.task, state.isUnfinished]).toEqual([["connect", "connect"], "connect", true]);
  isThere = true;
  await actions.goOn();
  expect([asked, state.done, state.isUnfinished]).toEqual([
    ["connect", "connect", "connect", "goOn"],
    { result: "", regions: [] },
    false,
  ]);
});
