/** The page's state: what is known, what is being done, and what can be done. @module */
import { createStore, reconcile } from "solid-js/store";
import type {
  Consent,
  Engine,
  EngineEvent,
  NamedFile,
  PlanWish,
  Problem,
  RestoreChoice,
  Told,
  Way,
} from "../engine/engine.js";
import type { FirmwareReport } from "../report/firmware.js";
import type {
  BackupContents,
  BackupReport,
  BoardReport,
  DoneReport,
  PlanReport,
  TextReport,
} from "../report/reports.js";
import { isCuredByConnecting } from "../state/cured-by-connecting.js";
import { foldWork, idleWork, type WorkState } from "../state/work-state.js";
import { words as pageWords } from "../words/words.js";
import type { FileSink } from "./save-file.js";

/** What a console tells. */
export type ConsoleEvent = Extract<EngineEvent, { type: "console" | "console-sent" | "console-closed" }>;

/** What the engine is asked for just now. */
export type Task = "connect" | "examine" | "firmware" | "download" | "plan" | "backup" | "run" | "leave";

/** A failure and what was being done. */
export interface Failure {
  readonly task: Task | "save";
  readonly problem: Problem;
}

/** All that the page shows. */
export interface FlasherState {
  task: Task | undefined;
  work: WorkState;
  board: BoardReport | undefined;
  /** Whether the flash was changed since the board was examined. */
  isBoardStale: boolean;
  /** Whether a run changed the flash and did not come to its end, and can be gone on with. */
  isUnfinished: boolean;
  text: TextReport | undefined;
  firmware: FirmwareReport | undefined;
  plan: PlanReport | undefined;
  /** The backup that is to come back, and what of it. */
  backup: { readonly contents: BackupContents; readonly choice: RestoreChoice } | undefined;
  done: DoneReport | undefined;
  failure: Failure | undefined;
  /** What was said last of a file that was saved. */
  saved: string | undefined;
  /** Whether what the present plan changes was saved; `unseen`: as a download, which the person has to look for. */
  backedUp: "no" | "unseen" | "yes";
  /** Whether the board's console is shown. */
  isConsoleOpen: boolean;
  /** The rate that somebody has chosen for the link, in bit/s; without one it is as fast as it goes. */
  rate: number | undefined;
  /** Counts changes of what the map shows. */
  mapVersion: number;
}

/** What a person can do. All of it ends in the state, none of it throws. */
export interface FlasherActions {
  connect(open: () => Promise<Way>): Promise<void>;
  /** The same way once more. */
  reconnect(): Promise<void>;
  examine(): Promise<void>;
  examineDump(file: NamedFile): Promise<void>;
  examineText(text: string): Promise<void>;
  chooseFirmware(files: readonly NamedFile[], commandLine: string): Promise<void>;
  /** Downloads firmware from an address. */
  downloadFirmware(address: string): Promise<void>;
  chooseSample(): Promise<void>;
  forgetFirmware(): void;
  plan(wish: PlanWish): Promise<void>;
  planRepair(codes: readonly string[]): Promise<void>;
  planErase(ids: readonly string[]): Promise<void>;
  planRestore(file: NamedFile): Promise<void>;
  /** The same for parts of the backup that was chosen last. */
  planParts(choice: RestoreChoice): Promise<void>;
  dropPlan(): Promise<void>;
  /** Saves what the plan changes, and runs it where the file is there for certain. */
  saveAndRun(): Promise<void>;
  run(consent: Consent): Promise<void>;
  /** Goes on with a run that did not come to its end, over a new connection where the old one is gone. */
  goOn(): Promise<void>;
  backUp(stretch?: { offset: number; size: number }): Promise<void>;
  /** Saves a file of the page's own, whatever else is done. @param make its bytes, once it is known where they go */
  saveFile(name: string, make: () => Promise<Uint8Array>): Promise<void>;
  /** Chooses the rate of the link from the next connection on. @param rate bit/s; as fast as it goes by default */
  setRate(rate: number | undefined): Promise<void>;
  showConsole(isShown: boolean): void;
  /** Hears what the console says; the returned function ends that. */
  onConsole(listen: (event: ConsoleEvent) => void): () => void;
  dismiss(): void;
  stop(): Promise<void>;
  disconnect(): Promise<void>;
}

/** How the page's state is made. */
export interface FlasherParts {
  /** Makes the engine, given where it tells what happens. */
  readonly createEngine: (tell: (told: Told) => void) => Engine;
  /** Asks where a file is to go. @returns `undefined` where the person decided otherwise */
  readonly chooseSink: (suggestedName: string) => Promise<FileSink | undefined>;
  readonly words: {
    readonly saved: (name: string) => string;
    readonly downloaded: (name: string) => string;
    readonly empty: string;
  };
}

const initial = (): FlasherState => ({
  task: undefined,
  work: idleWork(),
  board: undefined,
  isBoardStale: false,
  isUnfinished: false,
  text: undefined,
  firmware: undefined,
  plan: undefined,
  backup: undefined,
  done: undefined,
  failure: undefined,
  saved: undefined,
  backedUp: "no",
  isConsoleOpen: false,
  rate: undefined,
  mapVersion: 0,
});

/** The state over an engine, and the actions on it. */
export function createFlasher({
  createEngine,
  chooseSink,
  words,
}: FlasherParts): readonly [FlasherState, FlasherActions, Engine] {
  const [state, setState] = createStore(initial());
  const consoles = new Set<(event: ConsoleEvent) => void>();
  const engine = createEngine((told) => {
    const { event } = told;
    if (event.type === "console" || event.type === "console-sent" || event.type === "console-closed") {
      for (const listen of consoles) listen(event);
    } else setState("work", reconcile(foldWork(state.work, told)));
  });

  /** One task: what it gives is put into the state, and so is its failure. */
  async function during(task: Task, work: () => Promise<Partial<FlasherState>>): Promise<boolean> {
    if (state.task !== undefined) return false;
    setState({
      task,
      failure: undefined,
      saved: undefined,
      isConsoleOpen: false,
      work: idleWork(state.work.run),
    });
    try {
      setState({ ...(await work()), mapVersion: state.mapVersion + 1 });
      return true;
    } catch (thrown) {
      setState({ failure: { task, problem: asProblem(thrown) } });
      return false;
    } finally {
      setState({ task: undefined });
    }
  }

  /** A file is no part of a state that is copied and compared. */
  let lastBackup: NamedFile | undefined;
  let lastOpen: (() => Promise<Way>) | undefined;
  const newBoard = {
    isBoardStale: false,
    text: undefined,
    plan: undefined,
    done: undefined,
    backup: undefined,
    backedUp: "no",
  } as const;
  const newPlan = { done: undefined, backup: undefined, backedUp: "no" } as const;

  /** Where the person wants it is asked first, while their click still counts. */
  async function keep(make: () => Promise<BackupReport>): Promise<Partial<FlasherState>> {
    const sink = await chooseSink(backupFileName(state.board));
    if (sink === undefined) return { saved: undefined, backedUp: "no" };
    const report = await make();
    if (report.isEmpty) return { saved: words.empty, backedUp: "yes" };
    const name = await sink.write(report.name, report.file);
    const said = sink.isCertain ? words.saved(name) : words.downloaded(name);
    return { saved: `${said} ${report.summary}`, backedUp: sink.isCertain ? "yes" : "unseen" };
  }

  async function runBy(run: () => Promise<DoneReport>): Promise<void> {
    const isDone = await during("run", async () => ({
      done: await run(),
      isBoardStale: true,
      isUnfinished: false,
      plan: undefined,
      backup: undefined,
    }));
    if (isDone) return;
    setState({ plan: undefined, backup: undefined });
    if (state.failure?.problem.isFlashChanged) setState({ isBoardStale: true, isUnfinished: true });
  }

  const actions: FlasherActions = {
    async reconnect() {
      if (lastOpen !== undefined) await actions.connect(lastOpen);
    },
    async connect(open) {
      await during("connect", async () => {
        const way = await open();
        // A port that was chosen once needs no asking again; one that is lent goes over once, and a token may be new.
        lastOpen = way.kind === "port" || way.kind === "agent" ? open : async () => way;
        return { board: await engine.connect(way), ...newBoard };
      });
    },
    examine: () => ignored(during("examine", async () => ({ board: await engine.examine(), ...newBoard }))),
    examineDump: (file) =>
      ignored(during("examine", async () => ({ board: await engine.examineDump(file), ...newBoard }))),
    examineText: (text) =>
      ignored(during("examine", async () => ({ ...newBoard, text: await engine.examineText(text) }))),
    chooseFirmware: (files, commandLine) =>
      ignored(
        during("firmware", async () => ({
          firmware: await engine.openFirmware(files, commandLine),
          ...newPlan,
        })),
      ),
    downloadFirmware: (address) =>
      ignored(
        during("download", async () => ({ firmware: await engine.openFirmwareAt(address), ...newPlan })),
      ),
    chooseSample: () =>
      ignored(during("firmware", async () => ({ firmware: await engine.openSample(), ...newPlan }))),
    forgetFirmware: () => setState({ firmware: undefined }),
    plan: (wish) => ignored(during("plan", async () => ({ plan: await engine.plan(wish), ...newPlan }))),
    planRepair: (codes) =>
      ignored(during("plan", async () => ({ plan: await engine.planRepair(codes), ...newPlan }))),
    planErase: (ids) =>
      ignored(during("plan", async () => ({ plan: await engine.planErase(ids), ...newPlan }))),
    async planRestore(file) {
      lastBackup = file;
      await actions.planParts({ force: false });
    },
    planParts: (choice) =>
      ignored(
        during("plan", async () => {
          if (lastBackup === undefined) return {};
          const contents = await engine.openBackup(lastBackup);
          // Where it cannot be planned as a whole, parts of it perhaps can.
          const backup = { contents, choice };
          setState({ plan: undefined, backup });
          return { plan: await engine.planRestore(lastBackup, choice), ...newPlan, backup };
        }),
      ),
    dropPlan: () =>
      ignored(
        during("leave", async () => {
          await engine.dropPlan();
          return { plan: undefined, backup: undefined };
        }),
      ),
    async saveAndRun() {
      const isSaved = await during("backup", async () => keep(() => engine.backUpForPlan()));
      const saved = state.saved;
      if (!isSaved || state.backedUp !== "yes") return;
      await actions.run("backed-up");
      if (saved !== undefined) setState({ saved });
    },
    run: (consent) => runBy(() => engine.run(consent)),
    async goOn() {
      const { failure } = state;
      if (failure !== undefined && isCuredByConnecting(failure)) {
        await actions.reconnect();
        if (state.failure !== undefined) return;
      }
      await runBy(() => engine.goOn());
    },
    backUp: (stretch) =>
      ignored(
        during("backup", async () => {
          // It is none of what a plan changes, whatever is planned.
          const { saved } = await keep(() => engine.backUp(stretch));
          return { saved };
        }),
      ),
    async saveFile(name, make) {
      try {
        const sink = await chooseSink(name);
        if (sink === undefined) return;
        const written = await sink.write(name, await make());
        if (sink.isCertain) setState({ saved: words.saved(written) });
      } catch (thrown) {
        setState({ failure: { task: "save", problem: asProblem(thrown) } });
      }
    },
    onConsole(listen) {
      consoles.add(listen);
      return () => consoles.delete(listen);
    },
    setRate: (rate) =>
      ignored(
        during("leave", async () => {
          await engine.setRate(rate);
          return { rate };
        }),
      ),
    showConsole: (isShown) => setState({ isConsoleOpen: isShown }),
    dismiss: () => setState({ failure: undefined, saved: undefined }),
    stop: () => engine.cancel(),
    disconnect: () =>
      ignored(
        during("leave", async () => {
          await engine.disconnect();
          return { ...newBoard, board: undefined, firmware: undefined };
        }),
      ),
  };
  return [state, actions, engine];
}

/** As good as can be said before anything was read. */
function backupFileName(board: BoardReport | undefined): string {
  const mac = board?.facts.find(({ term }) => term === pageWords.facts.mac)?.value.replaceAll(":", "");
  return mac === undefined ? "flashwright.zip" : `flashwright-${mac}.zip`;
}

async function ignored(task: Promise<boolean>): Promise<void> {
  await task;
}

/** What the engine words, what a port of the page throws, or a bug. */
function asProblem(thrown: unknown): Problem {
  if (typeof thrown === "object" && thrown !== null && "details" in thrown) return thrown as Problem;
  const data = thrown as Partial<Pick<Problem, "code" | "message" | "hint">>;
  const message = data.message ?? String(thrown);
  const code = data.code ?? "internal";
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? `\n${thrown.cause}` : "";
  const details =
    thrown instanceof Error && data.code === undefined
      ? (thrown.stack ?? message)
      : `${code}: ${message}${cause}`;
  const hint = typeof data.hint === "string" ? { hint: data.hint } : {};
  return { code, message, details, isCancelled: false, ...hint };
}
