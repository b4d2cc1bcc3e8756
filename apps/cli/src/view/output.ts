/** The two audiences: people, and with `--json` programs. @module */
import type { CliEvent } from "../cli-event.js";
import type { World } from "../world.js";
import { type Colours, coloursFor } from "./colour.js";
import { jsonLine } from "./json-lines.js";
import { PeopleView } from "./people-view.js";
import { noProgress, type ProgressView, terminalProgress } from "./progress.js";

/** Lines longer than this are hard to read, however wide the terminal is. */
const MAX_WIDTH = 100;
const DEFAULT_WIDTH = 80;

/** What the first line says of the stream, beside its own event. */
const STREAM = { format: "flashwright/events", version: 1 } as const;

/** Everything that a run says. */
export interface Output {
  readonly json: boolean;
  readonly colours: Colours;
  /** Characters in a line of help, also where nobody knows how wide the reader's window is. */
  readonly helpWidth: number;
  emit(event: CliEvent): void;
  /** Text for people, beside the events: stdout, or stderr with `--json`. */
  line(text: string): void;
  errorLine(text: string): void;
  /** Loads the progress bars, where there is a terminal to show them on. */
  prepareProgress(): Promise<void>;
  /** Leaves the terminal as it was found. */
  close(): void;
}

/** Output on the world's streams. */
export function createOutput(world: World, json: boolean): Output {
  const people = json ? world.stderr : world.stdout;
  const colours = coloursFor(people, world.env);
  const hasBar = world.stderr.isTTY === true && world.env.TERM !== "dumb";
  let progress: ProgressView = noProgress;
  let isFirst = true;
  const line = (text: string) => void people.write(`${text}\n`);
  const errorLine = (text: string) => void world.stderr.write(`${text}\n`);
  const helpWidth = Math.min(people.columns ?? DEFAULT_WIDTH, MAX_WIDTH);
  const width = people.isTTY ? helpWidth : Number.POSITIVE_INFINITY;
  const errorColours = coloursFor(world.stderr, world.env);
  const view = new PeopleView({ line, errorLine, width, colours, errorColours, hasBar }, () => progress);
  return {
    json,
    colours,
    helpWidth,
    line,
    errorLine,
    emit(event) {
      if (json) world.stdout.write(jsonLine(isFirst ? { ...STREAM, ...event } : event));
      isFirst = false;
      view.show(event);
    },
    async prepareProgress() {
      if (hasBar) progress = await terminalProgress(world.stderr);
    },
    close: () => progress.stop(),
  };
}
