/** Runs during which something happens to the board. @module */
import type { Desk, Run, WorldChanges } from "../cli.fixture.js";

/** One event of `--json`. */
export interface SeenEvent {
  readonly type: string;
  readonly code?: string;
  readonly operation?: string;
  readonly [key: string]: unknown;
}

/** Something that happens behind the first event that fits, once those before it have happened. */
export interface Happening {
  readonly when: (event: SeenEvent) => boolean;
  readonly happens: () => void;
}

/** What came of it. */
export interface Seen extends Pick<Run, "code"> {
  readonly seen: readonly SeenEvent[];
  /** Codes of warnings and notes, in order. */
  readonly notes: readonly string[];
}

/** The first `started`, or another event, of an operation. */
export const at =
  (operation: string, type = "started") =>
  (event: SeenEvent): boolean =>
    event.type === type && event.operation === operation;

/** A warning or note. */
export const code = (wanted: string) => (event: SeenEvent) => event.code === wanted;

/** Runs a command with `--json` while things happen. */
export async function runWhile(
  desk: Desk,
  argv: readonly string[],
  happenings: readonly Happening[],
  changes: WorldChanges = {},
): Promise<Seen> {
  const seen: SeenEvent[] = [];
  const left = [...happenings];
  const stdout = {
    write(text: string) {
      const event = JSON.parse(text) as SeenEvent;
      seen.push(event);
      if (left[0]?.when(event)) left.shift()?.happens();
      return true;
    },
  };
  const run = await desk.runIn({ ...changes, stdout }, ...argv, "--json");
  const notes = seen.flatMap((event) =>
    event.type === "note" || event.type === "warning" ? [event.code ?? ""] : [],
  );
  return { code: run.code, seen, notes };
}
