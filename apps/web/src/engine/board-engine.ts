/** The engine: one board, one firmware, one plan at a time. @module */
import {
  esp8266,
  type FlashEvent,
  type FlashPlan,
  FlashState,
  formatStatement,
  gatherContents,
  Intent,
  type MadePlan,
  planByContents,
  planFlash,
  planPackage,
  readRegion,
  type Session,
  surveyedChip,
} from "@flashwright/core";
import { openBackup, planRestore } from "@flashwright/core/backup";
import {
  diagnoseText,
  type Examination,
  examineBoard,
  examineDump,
  type Fix,
  type LookEvent,
  sessionSource,
  surveySession,
} from "@flashwright/core/diagnose";
import { boardReport, dumpReport } from "../report/board.js";
import { textReport } from "../report/diagnosis.js";
import { type FirmwareReport, firmwareReport } from "../report/firmware.js";
import { planReport } from "../report/plan.js";
import { problemReport } from "../report/problem.js";
import type { BackupReport, BoardReport, DoneReport, PlanReport, TextReport } from "../report/reports.js";
import { words } from "../words/en.js";
import { BoardConsole } from "./board-console.js";
import { BoardLink, type LinkWork } from "./board-link.js";
import { drawMaps } from "./draw.js";
import type {
  Consent,
  Drawing,
  DrawRequest,
  Engine,
  NamedFile,
  PlanWish,
  Stretch,
  Told,
  Way,
} from "./engine.js";
import { type FirmwareSource, firmwareOf, readFirmware } from "./firmware-source.js";
import { headerChoice } from "./header-wish.js";
import { WayOpener } from "./open-way.js";
import { runPlanned } from "./run-planned.js";
import { regionsToSave, saveRegions } from "./save-regions.js";
import { Turnstile } from "./stop.js";
import { toldOf, toldOfPlan } from "./tell.js";

type Step = keyof typeof words.steps;

/** What the page sees now: a board or a dump, and what was found on it. */
interface Seen {
  readonly examination: Examination;
  /** Present for a dump. */
  readonly dump?: Uint8Array;
}

/** A plan that can be run, on a session that is live. */
interface Planned {
  readonly made: MadePlan;
  readonly kind: PlanReport["kind"];
}

/** An engine over core, for a worker or, in tests, for the same thread. */
export class BoardEngine implements Engine {
  readonly #opener = new WayOpener((event) => this.#tell(event));
  readonly #turnstile = new Turnstile();
  #link: BoardLink | undefined;
  #seen: Seen | undefined;
  #firmware: FirmwareSource | undefined;
  #console: BoardConsole | undefined;
  #planned: Planned | undefined;
  /** What was written since the chip was looked at. */
  #ran: FlashPlan | undefined;

  /** @param tell takes what happens meanwhile */
  constructor(readonly tell: (told: Told) => void) {}

  async hasSerial(): Promise<boolean> {
    return "serial" in navigator && navigator.serial !== undefined;
  }

  connect(way: Way): Promise<BoardReport> {
    return this.#do("connect", async (work) => {
      // A port that is gone is no reason not to open the next one.
      await this.#link?.close().catch(() => {});
      this.#planned = undefined;
      const link = new BoardLink(await this.#opener.open(way));
      this.#link = link;
      try {
        return await this.#examine(link, work);
      } catch (error) {
        this.#link = undefined;
        await link.close().catch(() => {});
        throw error;
      }
    });
  }

  examine(): Promise<BoardReport> {
    return this.#do("examine", (work) => this.#examine(this.#board, work));
  }

  examineDump({ path, file }: NamedFile): Promise<BoardReport> {
    return this.#do("examine", async (work) => {
      const dump = new Uint8Array(await file.arrayBuffer());
      const examination = await examineDump(dump, undefined, work);
      this.#seen = { examination, dump };
      this.#ran = undefined;
      return dumpReport(path, examination);
    });
  }

  examineText(text: string): Promise<TextReport> {
    return this.#do("examine", async () => textReport(diagnoseText(text)));
  }

  openFirmware(files: readonly NamedFile[], commandLine: string): Promise<FirmwareReport> {
    return this.#do("open", async () => this.#choose(await readFirmware(files, commandLine)));
  }

  openSample(): Promise<FirmwareReport> {
    return this.#do("open", async () => {
      const { SAMPLE_NAME, sampleFiles } = await import("./sample.js");
      return this.#choose(firmwareOf(sampleFiles(), SAMPLE_NAME));
    });
  }

  plan(wish: PlanWish): Promise<PlanReport> {
    return this.#plan("firmware", async (session, work) => {
      if (this.#firmware === undefined) throw new Error("no firmware is chosen");
      const firmware = this.#firmware.open(session.flashSize);
      const { intent, eraseAll, force } = wish;
      return planPackage(
        session,
        firmware,
        { intent, eraseAll, force, header: headerChoice(wish.header) },
        work,
      );
    });
  }

  planRepair(codes: readonly string[]): Promise<PlanReport> {
    const findings = this.#examination.diagnosis.findings.filter(({ code }) => codes.includes(code));
    return this.#planFixes(
      "repair",
      findings.flatMap(({ fixes }) => fixes),
    );
  }

  planErase(ids: readonly string[]): Promise<PlanReport> {
    return this.#planFixes("erase", [{ kind: "erase", regions: ids }]);
  }

  planRestore({ file }: NamedFile): Promise<PlanReport> {
    return this.#plan("restore", async (session, work) => {
      const backup = openBackup(new Uint8Array(await file.arrayBuffer()));
      const { chip, flashSize } = session;
      const { images, erases, warnings } = planRestore({ backup, chip: { mac: chip.mac, flashSize } });
      for (const warning of warnings) work.onEvent({ type: "warning", ...warning });
      const survey = await surveySession(session, { depth: "quick" }, work);
      const request = {
        intent: Intent.restore,
        target: esp8266,
        chip: surveyedChip(session),
        survey,
        regions: images,
        blank: erases,
      };
      const { signal } = work;
      const contents = await gatherContents(sessionSource(session, { signal }), request, { signal });
      return { ...planFlash({ ...request, contents }), survey: { ...survey, contents } };
    });
  }

  backUpForPlan(): Promise<BackupReport> {
    return this.#do("backup", async (work) => {
      const { made, kind } = this.#plannedNow;
      return saveRegions(await this.#board.session(work), regionsToSave(made, kind), made.survey, work);
    });
  }

  backUp(stretch?: Stretch): Promise<BackupReport> {
    return this.#do("backup", async (work) => {
      const session = await this.#board.session(work);
      const survey = await surveySession(session, { depth: "quick" }, work);
      const made = await saveRegions(
        session,
        [stretch ?? { offset: 0, size: session.flashSize }],
        survey,
        work,
      );
      await this.#board.release();
      return made;
    });
  }

  run(consent: Consent): Promise<DoneReport> {
    const state = new FlashState();
    const left = () => formatStatement(state.statement);
    return this.#do(
      "run",
      async (work) => {
        const { made, kind } = this.#plannedNow;
        const link = this.#board;
        const session = link.live;
        if (session === undefined) throw new Error("the board has run since the plan was made");
        const see = (event: LookEvent) => {
          state.see(event as FlashEvent);
          work.onEvent(event);
        };
        try {
          const done = await runPlanned(session, made, consent, kind, { ...work, onEvent: see });
          this.#ran = made.plan;
          return done;
        } finally {
          this.#planned = undefined;
          link.over();
        }
      },
      left,
    );
  }

  async dropPlan(): Promise<void> {
    this.#planned = undefined;
    await this.#do("disconnect", async () => this.#link?.release());
  }

  read(stretch: Stretch): Promise<Uint8Array> {
    const dump = this.#seen?.dump;
    if (dump !== undefined) return Promise.resolve(dump.slice(stretch.offset, stretch.offset + stretch.size));
    return this.#do("read", async (work) => {
      const session = await this.#board.session(work);
      return readRegion(session, stretch, { signal: work.signal });
    });
  }

  async draw(request: DrawRequest): Promise<readonly Drawing[]> {
    const { survey } = this.#examination;
    if (this.#planned === undefined && this.#ran !== undefined) {
      return drawMaps(survey, this.#ran, { ...request, show: "planned" });
    }
    return drawMaps(survey, this.#planned?.made.plan, request);
  }

  openConsole(baudRate: number): Promise<void> {
    return this.#do("console", async () => {
      const transport = await this.#board.listen(baudRate);
      this.#console = new BoardConsole(transport, (event) => this.#tell(event));
    });
  }

  typeAtConsole(text: string): Promise<void> {
    // Keys come faster than answers, and nothing of what they do can be stopped.
    const typed = this.#console?.type(text) ?? Promise.resolve();
    return typed.catch((error) => {
      throw problemReport(error, words.steps.console, this.#context, undefined);
    });
  }

  resetBoard(): Promise<void> {
    return this.#do("console", async () => this.#board.reset());
  }

  async closeConsole(): Promise<void> {
    await this.#console?.close();
    this.#console = undefined;
  }

  async cancel(): Promise<void> {
    this.#turnstile.stop();
  }

  async disconnect(): Promise<void> {
    const link = this.#link;
    this.#link = undefined;
    this.#planned = undefined;
    this.#seen = undefined;
    await this.#do("disconnect", async () => link?.close().catch(() => {}));
  }

  get #board(): BoardLink {
    if (this.#link === undefined) throw new Error("no board is connected");
    return this.#link;
  }

  get #examination(): Examination {
    if (this.#seen === undefined) throw new Error("nothing was examined");
    return this.#seen.examination;
  }

  get #plannedNow(): Planned {
    if (this.#planned === undefined) throw new Error("no plan was made");
    return this.#planned;
  }

  async #examine(link: BoardLink, work: LinkWork): Promise<BoardReport> {
    const examination = await examineBoard(() => link.connect(work), { ...work, watch: true });
    link.over();
    this.#seen = { examination };
    this.#ran = undefined;
    return boardReport(link.transport.label, link.identity, examination);
  }

  #choose(source: FirmwareSource): FirmwareReport {
    const report = firmwareReport(source.open(this.#link?.identity.flashSize));
    this.#firmware = source;
    return report;
  }

  #planFixes(kind: "repair" | "erase", fixes: readonly Fix[]): Promise<PlanReport> {
    return this.#plan(kind, async (session, work) => {
      const survey = await surveySession(session, { depth: "quick" }, work);
      const needsFirmware = fixes.some((fix) => fix.kind === "rewrite" || fix.kind === "install");
      const firmware = needsFirmware ? this.#firmware?.open(session.flashSize) : undefined;
      const request = {
        intent: Intent.recover,
        target: esp8266,
        chip: surveyedChip(session),
        survey,
        fixes,
        ...(firmware === undefined ? {} : { package: firmware }),
      };
      return planByContents(session, request, work);
    });
  }

  /** Plans on a live session, which stays so until the plan is run or dropped. */
  #plan(
    kind: PlanReport["kind"],
    make: (session: Session, work: LinkWork) => Promise<MadePlan>,
  ): Promise<PlanReport> {
    return this.#do("plan", async (work) => {
      const made = await make(await this.#board.session(work), work);
      this.#planned = { made, kind };
      this.#tell(toldOfPlan(made.plan));
      return planReport(made.plan, regionsToSave(made, kind), kind);
    });
  }

  /** One operation, of which a failure comes out as a `Problem`. */
  #do<T>(step: Step, work: (work: LinkWork) => Promise<T>, left?: () => string): Promise<T> {
    const onEvent = (event: LookEvent) => {
      const told = toldOf(event);
      if (told !== undefined) this.#tell(told);
    };
    return this.#turnstile.through(async (signal) => {
      try {
        return await work({ signal, onEvent });
      } catch (error) {
        throw problemReport(error, words.steps[step], this.#context, left?.());
      }
    });
  }

  #tell(event: Told["event"]): void {
    this.tell({ at: performance.now(), event });
  }

  /** For whoever reads a report of a failure. */
  get #context(): string[] {
    if (this.#link === undefined) return [];
    const { label } = this.#link.transport;
    return [label];
  }
}
