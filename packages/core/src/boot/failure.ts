/**
 * Finds in one run why the chip does not boot.
 *
 * @module
 */
import { CHECKSUM_SEED } from "../bytes.js";
import type { MessageParams } from "../messages/catalogue.js";
import type { BootDialect } from "./boot-dialect.js";
import type { BootEvent, BootEventOf, BootFact } from "./boot-event.js";
import type { BootRun } from "./boot-run.js";
import type { BootCode } from "./verdict.js";

/** A reason with the lines that show it. */
export interface BootFailure {
  readonly code: BootCode;
  readonly params: MessageParams;
  /** Lines of the log, oldest first. */
  readonly evidence: readonly string[];
}

/** A reason, and the event that shows it. */
interface Cause {
  readonly code: BootCode;
  readonly params: MessageParams;
  readonly at: BootEvent;
}

type Check = (run: BootRun, dialect: BootDialect) => Cause | undefined;

/** Lines kept as evidence, and characters of each. */
const EVIDENCE_LINES = 12;
const EVIDENCE_LENGTH = 160;

/** The reason why this run fails, the most telling one first; `undefined` when nothing in it says so. */
export function findFailure(run: BootRun, dialect: BootDialect): BootFailure | undefined {
  for (const check of CHECKS) {
    const cause = check(run, dialect);
    if (cause !== undefined)
      return { code: cause.code, params: cause.params, evidence: evidenceOf(run, cause.at) };
  }
  return undefined;
}

/** Whether a failure is over with the next reset: straps and causes of a reset are read anew each time. */
export function isPassing({ code }: BootFailure): boolean {
  return code === "boot-download-mode" || code === "boot-unknown-reset" || code.startsWith("boot-strap-");
}

/** Codes of failures before the image is loaded; a later run that gets it loaded has them behind it. */
const LOAD_FAILURES: ReadonlySet<BootCode> = new Set<BootCode>([
  "boot-no-image",
  "boot-mode-not-wired",
  "boot-checksum-error",
  "boot-flash-read-error",
  "boot-user-image-missing",
  "boot-user-image-unloadable",
]);

/** Whether the image could not even be loaded. */
export function isLoadFailure({ code }: BootFailure): boolean {
  return LOAD_FAILURES.has(code);
}

/** The last lines of a run up to an event, or up to its first text; bookkeeping is left out. */
export function evidenceOf(run: BootRun, at?: BootEvent): string[] {
  const events = at === undefined ? run.events : run.events.slice(0, run.events.indexOf(at) + 1);
  const lines = events.filter(({ type }) => type !== "bookkeeping").map(({ line }) => line);
  const text = at === undefined && run.firstText !== undefined ? [run.firstText] : [];
  return [...lines, ...text]
    .slice(-EVIDENCE_LINES)
    .map((line) => [...line].slice(0, EVIDENCE_LENGTH).join(""));
}

const find = <Type extends BootFact["type"]>(
  { events }: BootRun,
  type: Type,
): BootEventOf<Type> | undefined => events.find((event): event is BootEventOf<Type> => event.type === type);

const filter = <Type extends BootFact["type"]>({ events }: BootRun, type: Type): BootEventOf<Type>[] =>
  events.filter((event): event is BootEventOf<Type> => event.type === type);

const CHECKS: readonly Check[] = [
  (run) => {
    const at = find(run, "other-chip");
    return at && { code: "boot-other-chip", params: { family: at.family }, at };
  },
  ({ banner: at }, dialect) => {
    const code = at && dialect.strapObstacle(at.bootMode[0]);
    return code && { code, params: { bootMode: at.bootMode[0] }, at };
  },
  (run) => {
    const at = find(run, "unknown-reset");
    return at && { code: "boot-unknown-reset", params: { resetCause: run.banner?.resetCause }, at };
  },
  (run) => {
    const at = filter(run, "slot-failed").find(({ next }) => next === "none");
    return at && { code: "boot-no-slot-starts", params: {}, at };
  },
  (run) => {
    const at = find(run, "user-image-error");
    return at && { code: at.what === "magic" ? "boot-user-image-missing" : "boot-user-flag", params: {}, at };
  },
  (run) => {
    const at = find(run, "slot-failed");
    return at && { code: "boot-user-image-unloadable", params: {}, at };
  },
  (run) => {
    const at = find(run, "flash-map-error");
    return at && { code: "boot-flash-map", params: {}, at };
  },
  (run) => {
    const at = find(run, "rf-cal-error");
    return at && { code: "boot-phy-init-data", params: { found: at.found }, at };
  },
  (run, dialect) => {
    const at = find(run, "fatal-exception");
    return (
      at && { code: "boot-exception", params: { cause: at.cause, ...dialect.exceptionCauseOf(at.cause) }, at }
    );
  },
  (run) => {
    const at = find(run, "flash-read-error");
    return at && { code: "boot-flash-read-error", params: {}, at };
  },
  (run) => {
    const at = find(run, "ets-main") ?? find(run, "checksum-error");
    return at && { code: loadFailureOf(run), params: {}, at };
  },
];

function loadFailureOf(run: BootRun): BootCode {
  if (find(run, "segment-load") === undefined) return "boot-no-image";
  return readsZeros(run) ? "boot-mode-not-wired" : "boot-checksum-error";
}

/**
 * The ROM reads the first 16 bytes in slow single-bit mode and the rest in the mode of the header. Where that mode is not
 * wired the rest reads as zeros: later segments are empty ones at address 0, and no sum ever leaves its seed.
 */
function readsZeros(run: BootRun): boolean {
  const [, ...later] = filter(run, "segment-load");
  const sums = [...filter(run, "segment-checksum"), ...filter(run, "image-checksum")];
  return (
    sums.length > 0 &&
    sums.every(({ checksum }) => checksum === CHECKSUM_SEED) &&
    later.every(({ address, size }) => address === 0 && size === 0)
  );
}
