/** From a connected chip to a backup in memory. @module */
import { type FlashEvent, type Region, throwIfAborted } from "@flashwright/core";
import { type MadeBackup, makeBackup, readBackupAgain, readForBackup } from "@flashwright/core/backup";
import type { FlashSource, Survey } from "@flashwright/core/diagnose";
import type { Context } from "../context.js";
import type { Board } from "../session/board.js";
import { lastingSource } from "../session/lasting-source.js";

/** What to back up. */
export interface ChipBackupRequest {
  readonly regions: readonly Region[];
  /** Of this chip in the present session, with nothing written since. */
  readonly survey?: Survey | undefined;
  /** Names of regions to leave out. */
  readonly without?: readonly string[];
}

/**
 * Reads and packs; two stretches of work to watch, `check` for what is blank and `read` for the rest. After a loss of the
 * connection goes on with what is missing, and in the end compares all of it with the chip once more.
 * @throws FlasherError `needs-stub`, `region-unknown`, `backup-wifi-unknown`, those of reading
 */
export async function backUpChip(
  context: Context,
  board: Board,
  { regions, survey, without = [] }: ChipBackupRequest,
): Promise<MadeBackup> {
  const { emit, signal, world } = context;
  const lossesBefore = board.losses;
  const source = lastingSource(context, board, (event) => isReading(event) && emit(event));
  const watched = watchQuestions(context, source, spanOf(regions));
  const read = await readForBackup(watched.source, regions, {
    signal,
    ...(survey === undefined ? {} : { known: survey.contents, programs: programsOf(survey) }),
  });
  watched.finish();
  throwIfAborted(signal);
  const contents =
    board.losses === lossesBefore
      ? read
      : await board.through((session) => readBackupAgain(session, read, { onEvent: emit, signal }));
  const { session } = board;
  return makeBackup({
    chip: session.chip,
    flash: session.flash,
    flashSize: session.flashSize,
    date: `${world.now().toISOString().slice(0, 19)}Z`,
    map: survey?.header?.size,
    layout: survey?.layout,
    programs: survey === undefined ? undefined : programsOf(survey),
    contents,
    without,
  });
}

/** Hundreds of questions are one stretch of work. */
function watchQuestions(
  { emit, world }: Context,
  source: FlashSource,
  region: Region,
): { readonly source: FlashSource; finish(): void } {
  let state: "idle" | "asking" | "done" = "idle";
  const start = world.clock.now();
  let doneBytes = 0;
  const finish = () => {
    if (state === "asking") {
      emit({ type: "finished", operation: "check", region, elapsedMs: world.clock.now() - start });
    }
    state = "done";
  };
  return {
    finish,
    source: {
      size: source.size,
      async md5(asked) {
        if (state === "idle") emit({ type: "started", operation: "check", region });
        state = "asking";
        const digest = await source.md5(asked);
        doneBytes = Math.max(doneBytes, asked.offset + asked.size - region.offset);
        emit({ type: "progress", operation: "check", region, doneBytes });
        return digest;
      },
      read(wanted) {
        finish();
        return source.read(wanted);
      },
    },
  };
}

/** Single questions are told as one stretch by `watchQuestions`. */
function isReading(event: FlashEvent): boolean {
  return !("operation" in event) || event.operation === "read";
}

function spanOf(regions: readonly Region[]): Region {
  const offset = Math.min(...regions.map((region) => region.offset));
  const end = Math.max(...regions.map((region) => region.offset + region.size));
  return { offset, size: end - offset };
}

/** Where programs really lie: the rest of their slots may hold what an earlier firmware left. */
function programsOf({ slots }: Survey): Region[] {
  return slots
    .filter(({ state }) => state !== "absent" && state !== "blank")
    .flatMap(({ offset, size }) => (size === undefined ? [] : [{ offset, size }]));
}
