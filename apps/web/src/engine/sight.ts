/** What the page sees: a board or a dump, what was found on it, and what has been written since. @module */
import type { FlashPlan } from "@flashwright/core";
import { leaveBoard, watchStart } from "@flashwright/core/board";
import { type Examination, examineBoard, examineDump, type Fix } from "@flashwright/core/diagnose";
import { boardReport, dumpReport } from "../report/board.js";
import type { BoardReport } from "../report/reports.js";
import type { BoardLink, LinkWork } from "./board-link.js";
import { type Running, runningOf, unknownRunning } from "./console/running.js";
import { drawMaps } from "./draw.js";
import type { Drawing, DrawRequest, NamedFile, Stretch } from "./engine.js";

/** One examination at a time. */
export class Sight {
  #examination: Examination | undefined;
  #dump: Uint8Array | undefined;
  #ran: FlashPlan | undefined;

  /** Looks at a board, and lets it run. @throws FlasherError those of `examineBoard` */
  async examine(link: BoardLink, work: LinkWork): Promise<BoardReport> {
    const board = link.board(work);
    const examination = await examineBoard(() => board.connect(), {
      ...work,
      watch: true,
      start: (_, how) => watchStart(board, how, work.onEvent),
      leave: (session) => leaveBoard(session, session.canReset ? "hard-reset" : "no-reset", work),
    });
    link.over();
    this.#see(examination, undefined);
    return boardReport(link.transport.label, link.identity, examination);
  }

  /** Looks at a file that was read from a chip. @throws FlasherError those of `examineDump` */
  async examineDump({ path, file }: NamedFile, work: LinkWork): Promise<BoardReport> {
    const dump = new Uint8Array(await file.arrayBuffer());
    const examination = await examineDump(dump, undefined, work);
    this.#see(examination, dump);
    return dumpReport(path, examination);
  }

  /** What puts findings right. @throws Error where nothing was examined */
  fixesOf(codes: readonly string[]): Fix[] {
    const { findings } = this.#seen.diagnosis;
    return findings.filter(({ code }) => codes.includes(code)).flatMap(({ fixes }) => fixes);
  }

  /** Bytes of the dump; `undefined` where a board is seen. */
  dumped({ offset, size }: Stretch): Uint8Array | undefined {
    return this.#dump?.slice(offset, offset + size);
  }

  /** A plan was run on what is seen. */
  ran(plan: FlashPlan): void {
    this.#ran = plan;
  }

  /** @param plan what is planned now. @throws Error where nothing was examined */
  draw(plan: FlashPlan | undefined, request: DrawRequest): readonly Drawing[] {
    const { survey } = this.#seen;
    if (plan === undefined && this.#ran !== undefined) {
      return drawMaps(survey, this.#ran, { ...request, show: "planned" });
    }
    return drawMaps(survey, plan, request);
  }

  /** What runs on the board now. */
  get running(): Running {
    return this.#examination === undefined ? unknownRunning : runningOf(this.#examination.survey, this.#ran);
  }

  forget(): void {
    this.#examination = undefined;
    this.#dump = undefined;
  }

  get #seen(): Examination {
    if (this.#examination === undefined) throw new Error("nothing was examined");
    return this.#examination;
  }

  #see(examination: Examination, dump: Uint8Array | undefined): void {
    this.#examination = examination;
    this.#dump = dump;
    this.#ran = undefined;
  }
}
