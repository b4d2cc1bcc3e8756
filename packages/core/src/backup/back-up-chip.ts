/**
 * From a connected chip to a backup in memory.
 *
 * @module
 */
import type { FlashSource } from "../diagnose/flash-source.js";
import { sessionSource } from "../diagnose/sources/session-source.js";
import type { Survey } from "../diagnose/survey.js";
import type { EventListener, FlashEvent } from "../flash/event.js";
import type { Region } from "../flash/region.js";
import type { Session } from "../loader/session.js";
import { throwIfAborted } from "../protocol/deadline.js";
import type { AbortSignalLike, Clock } from "../transport.js";
import { type MadeBackup, makeBackup } from "./make-backup.js";
import type { BackupManifest } from "./manifest.js";
import { readForBackup } from "./read-for-backup.js";
import type { SparseFlash } from "./sparse-flash.js";

/** What to back up. */
export interface ChipBackupRequest {
  readonly regions: readonly Region[];
  /** Of this chip in the present session, with nothing written since. */
  readonly survey?: Survey | undefined;
  /** Names of regions to leave out. */
  readonly without?: readonly string[];
  /** When it is made. */
  readonly date: Date;
  readonly onEvent?: EventListener;
  readonly signal?: AbortSignalLike | undefined;
  /** The chip's flash, where it may be asked through losses of the port; the session's own by default. */
  readonly source?: (onEvent: EventListener) => FlashSource;
  /** Has the last word on what was read: what was read before a loss of the port may be out of date. */
  readonly complete?: (read: SparseFlash) => Promise<SparseFlash>;
}

/**
 * Reads and packs; two stretches of work to watch, `check` for what is blank and `read` for the rest.
 * @throws FlasherError `needs-stub`, `region-unknown`, `backup-wifi-unknown`, those of reading
 */
export async function backUpChip(session: Session, request: ChipBackupRequest): Promise<MadeBackup> {
  const { regions, survey, without = [], date, onEvent = () => {}, signal } = request;
  const stop = signal === undefined ? {} : { signal };
  const read = (event: FlashEvent) => isReading(event) && onEvent(event);
  const source = request.source?.(read) ?? sessionSource(session, { ...stop, onEvent: read });
  const watched = watchQuestions(source, spanOf(regions), onEvent, session.connection.clock);
  const contents = await readForBackup(watched.source, regions, {
    ...stop,
    ...(survey === undefined ? {} : { known: survey.contents, programs: programsOf(survey) }),
  });
  watched.finish();
  throwIfAborted(signal);
  return makeBackup({
    chip: session.chip,
    flash: session.flash,
    flashSize: session.flashSize,
    date: `${date.toISOString().slice(0, 19)}Z`,
    map: survey?.header?.size,
    layout: survey?.layout,
    programs: survey === undefined ? undefined : programsOf(survey),
    contents: (await request.complete?.(contents)) ?? contents,
    without,
  });
}

/** Hundreds of questions are one stretch of work. */
function watchQuestions(
  source: FlashSource,
  region: Region,
  onEvent: EventListener,
  clock: Clock,
): { readonly source: FlashSource; finish(): void } {
  let state: "idle" | "asking" | "done" = "idle";
  const start = clock.now();
  let doneBytes = 0;
  const finish = () => {
    if (state === "asking") {
      onEvent({ type: "finished", operation: "check", region, elapsedMs: clock.now() - start });
    }
    state = "done";
  };
  return {
    finish,
    source: {
      size: source.size,
      async md5(asked) {
        if (state === "idle") onEvent({ type: "started", operation: "check", region });
        state = "asking";
        const digest = await source.md5(asked);
        doneBytes = Math.max(doneBytes, asked.offset + asked.size - region.offset);
        onEvent({ type: "progress", operation: "check", region, doneBytes });
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

/** Parts of a file's name that tell backups apart, on every system: `5ccf7f123456-20261122-210500`. */
export function backupName({ chip, date }: BackupManifest): string {
  const mac = chip.mac.replaceAll(":", "").replaceAll("?", "x");
  return `${mac}-${date.slice(0, 19).replace(/[-:]/g, "").replace("T", "-")}`;
}
