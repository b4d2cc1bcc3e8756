/** The engine: one board, one firmware, one plan at a time. @module */
import { type FlashEvent, FlashState, type MadePlan, RegionReading, type Session } from "@flashwright/core";
import { openBackup } from "@flashwright/core/backup";
import type { Board } from "@flashwright/core/board";
import { diagnoseText, type Fix, type Survey, surveySession } from "@flashwright/core/diagnose";
import { browserClock } from "@flashwright/web-transport";
import { backupContents } from "../report/backup.js";
import { textReport } from "../report/diagnosis.js";
import { type FirmwareReport, firmwareReport } from "../report/firmware.js";
import { type LeftState, leftBy } from "../report/left.js";
import { planReport } from "../report/plan.js";
import type {
  BackupContents,
  BackupReport,
  BoardReport,
  DoneReport,
  PlanReport,
  TextReport,
} from "../report/reports.js";
import { BoardLink, type LinkWork } from "./board-link.js";
import { ConsoleDesk } from "./console/console-desk.js";
import type { DownloadProgress } from "./download/fetch-file.js";
import type {
  Consent,
  ConsoleReport,
  ConsoleWish,
  Drawing,
  DrawRequest,
  Engine,
  NamedFile,
  PlanWish,
  RestoreChoice,
  SendRequest,
  SentReport,
  Stretch,
  Told,
  Way,
} from "./engine.js";
import { type FirmwareSource, firmwareOf, readFirmware } from "./firmware-source.js";
import { planBackup, planFirmware, planFixes } from "./make-plan.js";
import { type OpenedWay, WayOpener } from "./open-way.js";
import { Operations } from "./operations.js";
import { runPlanned } from "./run-planned.js";
import { regionsToSave, saveRegions } from "./save-regions.js";
import { Sight } from "./sight.js";
import { toldOfPlan } from "./tell.js";

/** A plan that can be run, and in which session it was made. */
interface Planned {
  readonly made: MadePlan;
  readonly kind: PlanReport["kind"];
  readonly session: Session;
}

/** A plan whose run changed the flash and did not come to its end. */
interface Unfinished extends Planned {
  readonly left: LeftState;
}

/** An engine over core, for a worker or, in tests, for the same thread. */
export class BoardEngine implements Engine {
  readonly #operations: Operations;
  readonly #opener: WayOpener;
  readonly #sight = new Sight();
  #link: BoardLink | undefined;
  /** The way of the link, or of the one that failed last. */
  #way: OpenedWay | undefined;
  #rate: number | undefined;
  #firmware: FirmwareSource | undefined;
  readonly #console: ConsoleDesk;
  #planned: Planned | undefined;
  #unfinished: Unfinished | undefined;

  /** @param tell takes what happens meanwhile */
  constructor(tell: (told: Told) => void) {
    this.#operations = new Operations(tell, () => this.#way);
    this.#console = new ConsoleDesk((event) => this.#operations.tell(event));
    this.#opener = new WayOpener((event) => this.#operations.tell(event));
  }

  async hasSerial(): Promise<boolean> {
    return "serial" in navigator && navigator.serial !== undefined;
  }

  setRate(rate: number | undefined): Promise<void> {
    this.#rate = rate;
    // A session that is live has the rate of before.
    return this.#operations.run("disconnect", async (work) => this.#link?.release(work).catch(() => {}));
  }

  connect(way: Way): Promise<BoardReport> {
    return this.#operations.run("connect", async (work) => {
      // A port that is gone is no reason not to open the next one.
      await this.#link?.close(work).catch(() => {});
      this.#planned = undefined;
      this.#link = undefined;
      this.#way = undefined;
      this.#way = await this.#opener.open(way);
      const link = new BoardLink(this.#way, () => this.#rate);
      this.#link = link;
      try {
        return await this.#sight.examine(link, work);
      } catch (error) {
        this.#link = undefined;
        await link.close(work).catch(() => {});
        throw error;
      }
    });
  }

  examine(): Promise<BoardReport> {
    return this.#operations.run("examine", (work) => this.#sight.examine(this.#board, work));
  }

  examineDump(file: NamedFile): Promise<BoardReport> {
    return this.#operations.run("examine", (work) => this.#sight.examineDump(file, work));
  }

  examineText(text: string): Promise<TextReport> {
    return this.#operations.run("examine", async () => textReport(diagnoseText(text)));
  }

  openFirmware(files: readonly NamedFile[], commandLine: string): Promise<FirmwareReport> {
    return this.#operations.run("open", async () => this.#choose(await readFirmware(files, commandLine)));
  }

  openFirmwareAt(address: string): Promise<FirmwareReport> {
    return this.#operations.run("download", async ({ signal }) => {
      const { fetchFirmware } = await import("./download/fetch-firmware.js");
      const onProgress = (progress: DownloadProgress) =>
        this.#operations.tell({ type: "downloading", ...progress });
      const { files, name } = await fetchFirmware(address, { clock: browserClock, signal, onProgress });
      return this.#choose(firmwareOf(files, name));
    });
  }

  openSample(): Promise<FirmwareReport> {
    return this.#operations.run("open", async () => {
      const { sampleFiles, sampleName } = await import("./sample.js");
      return this.#choose(firmwareOf(sampleFiles(), sampleName()));
    });
  }

  plan(wish: PlanWish): Promise<PlanReport> {
    return this.#plan("firmware", async (session, work) => {
      if (this.#firmware === undefined) throw new Error("no firmware is chosen");
      return planFirmware(session, this.#firmware, wish, work);
    });
  }

  planRepair(codes: readonly string[]): Promise<PlanReport> {
    return this.#planFixes("repair", this.#sight.fixesOf(codes));
  }

  planErase(ids: readonly string[]): Promise<PlanReport> {
    return this.#planFixes("erase", [{ kind: "erase", regions: ids }]);
  }

  openBackup({ file }: NamedFile): Promise<BackupContents> {
    return this.#operations.run("open", async () => {
      const { manifest } = openBackup(new Uint8Array(await file.arrayBuffer()));
      return backupContents(manifest, this.#board.identity.chip.mac);
    });
  }

  planRestore(file: NamedFile, choice: RestoreChoice): Promise<PlanReport> {
    return this.#plan("restore", (session, work) => planBackup(session, file, choice, work));
  }

  backUpForPlan(): Promise<BackupReport> {
    return this.#operations.run("backup", async (work) => {
      const { made, kind, session } = this.#plannedNow;
      const board = await this.#board.connected(work);
      // What was known in the session before may not be true any more: the board may have run.
      const survey = board.session === session ? made.survey : await surveyThrough(board, work);
      return saveRegions(board, regionsToSave(made, kind), survey, work);
    });
  }

  backUp(stretch?: Stretch): Promise<BackupReport> {
    return this.#operations.run("backup", async (work) => {
      const board = await this.#board.connected(work);
      const survey = await surveyThrough(board, work);
      const regions = [stretch ?? { offset: 0, size: board.session.flashSize }];
      const made = await saveRegions(board, regions, survey, work);
      await this.#board.release(work);
      return made;
    });
  }

  run(consent: Consent): Promise<DoneReport> {
    return this.#run(consent, undefined);
  }

  goOn(): Promise<DoneReport> {
    // What is lost was agreed to when the run began.
    return this.#run("yes", this.#unfinished);
  }

  #run(consent: Consent, unfinished: Unfinished | undefined): Promise<DoneReport> {
    const state = new FlashState();
    const kind = (unfinished ?? this.#planned)?.kind ?? "firmware";
    const left = () => (state.present === undefined && unfinished?.left) || leftBy(state, kind);
    const run = async (work: LinkWork) => {
      const planned = unfinished ?? this.#plannedNow;
      const { made, session } = planned;
      const link = this.#board;
      const isFresh = link.live === session;
      const onEvent: LinkWork["onEvent"] = (event) => {
        state.see(event as FlashEvent);
        work.onEvent(event);
      };
      try {
        const board = await link.connected({ ...work, onEvent }, () => state.present);
        const toRun = { made, kind, isFresh, isUnfinished: unfinished !== undefined };
        const done = await runPlanned(board, toRun, consent, { ...work, onEvent });
        this.#unfinished = undefined;
        this.#sight.ran(made.plan);
        return done;
      } catch (error) {
        if (left().isChanged) this.#unfinished = { ...planned, left: left() };
        throw error;
      } finally {
        this.#planned = undefined;
        link.over();
      }
    };
    return this.#operations.run("run", run, left);
  }

  async dropPlan(): Promise<void> {
    this.#planned = undefined;
    await this.#operations.run("disconnect", async (work) => this.#link?.release(work));
  }

  read(stretch: Stretch): Promise<Uint8Array> {
    const dumped = this.#sight.dumped(stretch);
    if (dumped !== undefined) return Promise.resolve(dumped);
    return this.#operations.run("read", async (work) => {
      const board = await this.#board.connected(work);
      const reading = new RegionReading(stretch);
      return board.through((session) => reading.run(session, { signal: work.signal }));
    });
  }

  async draw(request: DrawRequest): Promise<readonly Drawing[]> {
    return this.#sight.draw(this.#planned?.made.plan, request);
  }

  openConsole(wish: ConsoleWish): Promise<ConsoleReport> {
    return this.#operations.run("console", async (work) => {
      const link = this.#board;
      const transport = await link.listen(wish.baudRate, work);
      return this.#console.open(transport, { wish, running: this.#sight.running, reset: () => link.reset() });
    });
  }

  changeConsole(wish: ConsoleWish): Promise<void> {
    return this.#console.change(wish);
  }

  typeAtConsole(text: string, isSure?: boolean): Promise<string | undefined> {
    // Keys come faster than answers, and nothing of what they do can be stopped.
    return this.#console.type(text, isSure).catch((error) => {
      throw this.#operations.problem(error, "console");
    });
  }

  dangerOf(text: string): Promise<string | undefined> {
    return this.#console.dangerOf(text);
  }

  sendToConsole(request: SendRequest): Promise<SentReport> {
    return this.#console.send(request).catch((error) => {
      throw this.#operations.problem(error, "console");
    });
  }

  async stopSending(): Promise<void> {
    this.#console.stopSending();
  }

  resetBoard(readsBoot: boolean): Promise<void> {
    return this.#operations.run("console", async () => {
      this.#console.expectStart();
      if (readsBoot) await this.#console.resetAndRead();
      else await this.#board.reset();
    });
  }

  async reopenPort(): Promise<boolean> {
    return (await this.#link?.reopen()) ?? false;
  }

  closeConsole(): Promise<void> {
    return this.#console.close();
  }

  async cancel(): Promise<void> {
    this.#operations.stop();
  }

  async disconnect(): Promise<void> {
    const link = this.#link;
    this.#link = undefined;
    this.#way = undefined;
    this.#planned = undefined;
    this.#sight.forget();
    await this.#operations.run("disconnect", async (work) => link?.close(work).catch(() => {}));
  }

  get #board(): BoardLink {
    if (this.#link === undefined) throw new Error("no board is connected");
    return this.#link;
  }

  get #plannedNow(): Planned {
    if (this.#planned === undefined) throw new Error("no plan was made");
    return this.#planned;
  }

  #choose(source: FirmwareSource): FirmwareReport {
    const report = firmwareReport(source.open(this.#link?.identity.flashSize));
    this.#firmware = source;
    return report;
  }

  #planFixes(kind: "repair" | "erase", fixes: readonly Fix[]): Promise<PlanReport> {
    return this.#plan(kind, (session, work) => planFixes(session, fixes, this.#firmware, work));
  }

  /** Plans on a session that stays live until the plan is run or dropped. */
  #plan(
    kind: PlanReport["kind"],
    make: (session: Session, work: LinkWork) => Promise<MadePlan>,
  ): Promise<PlanReport> {
    return this.#operations.run("plan", async (work) => {
      const board = await this.#board.connected(work);
      const made = await board.through((session) => make(session, work));
      this.#planned = { made, kind, session: board.session };
      this.#operations.tell(toldOfPlan(made.plan));
      return planReport(made.plan, regionsToSave(made, kind), kind, made.survey?.layout);
    });
  }
}

function surveyThrough(board: Board, work: LinkWork): Promise<Survey> {
  return board.through((session) => surveySession(session, { depth: "quick" }, work));
}
