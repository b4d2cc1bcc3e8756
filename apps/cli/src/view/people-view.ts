/** Events as a person reads them. @module */
import { formatSize, formatStatement, type Operation, type Region } from "@flashwright/core";
import type { CliEvent } from "../cli-event.js";
import { accountLines } from "./account-lines.js";
import { keptLines } from "./backup-lines.js";
import type { Colours } from "./colour.js";
import { errorLines } from "./error-lines.js";
import { eventLines } from "./event-lines.js";
import { identityLines } from "./identity-lines.js";
import { planLines, span } from "./plan-lines.js";
import type { ProgressView } from "./progress.js";
import { surveyLines } from "./survey-lines.js";
import { clean, wrap } from "./text.js";

/** Where lines go, and how wide they may be. */
export interface LineSink {
  /** Results: stdout, or stderr with `--json`. */
  line(text: string): void;
  /** Failures: always stderr. */
  errorLine(text: string): void;
  readonly width: number;
  readonly colours: Colours;
  readonly errorColours: Colours;
  /** Whether a bar shows the work, so that no line has to announce it. */
  readonly hasBar: boolean;
}

/** Results that the lines before have said already. */
const SAID: ReadonlySet<string> = new Set([
  "help-shown",
  "ports-listed",
  "ports-watched",
  "agent-link-made",
  "pairings-listed",
  "config-shown",
  "chip-identified",
  "image-described",
  "map-shown",
  "doctor-healthy",
  "doctor-found",
  "console-value",
]);

const DOING: Readonly<Record<Operation, string>> = {
  check: "Checking",
  erase: "Erasing",
  write: "Writing",
  verify: "Verifying",
  read: "Reading",
};
const DONE: Readonly<Record<Operation, string>> = {
  check: "checked",
  erase: "erased",
  write: "written",
  verify: "verified",
  read: "read",
};

/** Turns each event into lines. */
export class PeopleView {
  #booting = false;
  /** Of the last look, so that a closer one says only what it knows better. */
  #survey: readonly string[] = [];
  /** The backup that was made unasked, which the very last line names. */
  #kept: Extract<CliEvent, { type: "backup" }> | undefined;

  constructor(
    readonly sink: LineSink,
    readonly progress: () => ProgressView,
  ) {}

  show(event: CliEvent): void {
    if (event.type === "progress") {
      this.progress().update(event.doneBytes);
      return;
    }
    this.progress().stop();
    // A start that was cut off has no verdict, and the next one begins anew.
    if (event.type === "connecting") this.#booting = false;
    for (const line of this.#lines(event)) this.sink.line(line);
    if (event.type === "started") this.#start(event.operation, event.region);
    if (event.type === "failed") this.#fail(event);
    this.#remember(event);
  }

  #remember(event: CliEvent): void {
    if (event.type === "typed") this.#survey = [];
    if (event.type === "backup" && event.before !== undefined) this.#kept = event;
    if (event.type === "completed" || event.type === "ended") this.#tellKept((line) => this.sink.line(line));
    if (event.type === "failed" || event.type === "cancelled") {
      this.#tellKept((line) => this.sink.errorLine(line));
    }
  }

  #tellKept(line: (text: string) => void): void {
    if (this.#kept === undefined) return;
    for (const text of keptLines(this.#kept, this.sink.width)) line(text);
    this.#kept = undefined;
  }

  #start(operation: Operation, region: Region): void {
    if (!this.sink.hasBar) this.sink.line(`${DOING[operation]} ${span(region)}, ${formatSize(region.size)}`);
    this.progress().start(operation, region);
  }

  #fail({ error }: Extract<CliEvent, { type: "failed" }>): void {
    const { width, errorColours } = this.sink;
    for (const line of errorLines(error, width, errorColours)) this.sink.errorLine(line);
  }

  #lines(event: CliEvent): string[] {
    const { colours } = this.sink;
    switch (event.type) {
      case "connecting":
        return connectingLines(event).map(colours.dim);
      case "buttons-needed":
        return this.#labelled("do", colours.yellow, formatStatement(event));
      case "connected":
        return identityLines(event);
      case "planned":
        return [
          ...(event.plan.intent === "write"
            ? [colours.bold("Plan"), ...planLines(event.plan, colours).map((line) => `  ${line}`)]
            : accountLines(event.plan, this.sink.width, colours)),
          ...this.#warnings(event.plan.warnings),
        ];
      case "finished":
        return [`  ${DONE[event.operation]} ${span(event.region)} in ${timeAndRate(event)}`];
      case "warning":
        return this.#labelled("warning", colours.yellow, formatStatement(event));
      case "note":
        return this.#labelled("note", colours.cyan, formatStatement(event));
      case "boot":
        return this.#bootLine(event.line);
      case "verdict":
        return this.#verdict(event);
      case "completed":
      case "ended":
        return SAID.has(event.result.code)
          ? []
          : this.#labelled("", colours.green, formatStatement(event.result));
      case "cancelled":
      case "started":
      case "progress":
      case "failed":
        return [];
      case "survey":
        return this.#surveyLines(event);
      default:
        return eventLines(event, this.sink.width, colours);
    }
  }

  #surveyLines(event: Extract<CliEvent, { type: "survey" }>): string[] {
    const lines = surveyLines(event);
    const news = lines.filter((line) => !this.#survey.includes(line));
    this.#survey = lines;
    return news;
  }

  #warnings(statements: readonly Parameters<typeof formatStatement>[0][]): string[] {
    return statements.flatMap((statement) =>
      statement.code === "fill-kept"
        ? []
        : this.#labelled("warning", this.sink.colours.yellow, formatStatement(statement)),
    );
  }

  #labelled(label: string, colour: (text: string) => string, sentence: string): string[] {
    if (label === "") return wrap(clean(sentence), this.sink.width, 2).map(colour);
    const [first, ...rest] = wrap(`${label}: ${clean(sentence)}`, this.sink.width, label.length + 2);
    return [colour(first.slice(0, label.length + 1)) + first.slice(label.length + 1), ...rest];
  }

  #bootLine(line: string): string[] {
    const { colours, width } = this.sink;
    const lines = wrap(clean(line), width - 4, 2).map((part) => colours.dim(`  | ${part}`));
    if (this.#booting) return lines;
    this.#booting = true;
    return [colours.bold("The board starts"), ...lines];
  }

  /** One that ends the command as an error is not said twice. */
  #verdict(event: Extract<CliEvent, { type: "verdict" }>): string[] {
    this.#booting = false;
    if (event.verdict === "does-not-boot") return [];
    const colour = event.verdict === "boots" ? this.sink.colours.green : this.sink.colours.yellow;
    return wrap(clean(formatStatement(event)), this.sink.width, 2).map(colour);
  }
}

/** Without a reset line the chip is waited for in many rounds; one line says all that there is to say. */
function connectingLines({ attempt, baudRate, reset }: Extract<CliEvent, { type: "connecting" }>): string[] {
  if (reset !== "none") {
    const again = attempt > 1 ? `, attempt ${attempt}` : "";
    return [`Connecting at ${baudRate} baud, reset: ${reset}${again}`];
  }
  return attempt === 1 ? [`Connecting at ${baudRate} baud, without a reset`] : [];
}

/** The rate says something only where every byte went over the wire. */
function timeAndRate({ operation, region, elapsedMs }: Extract<CliEvent, { type: "finished" }>): string {
  const time = elapsedMs < 1000 ? `${Math.round(elapsedMs)} ms` : `${(elapsedMs / 1000).toFixed(1)} s`;
  const onWire = operation === "write" || operation === "read";
  return elapsedMs < 1 || !onWire ? time : `${time}, ${Math.round((region.size * 8) / elapsedMs)} kbit/s`;
}
