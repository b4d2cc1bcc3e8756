/**
 * Finds in one run why the chip does not boot.
 *
 * @module
 */
import { CHECKSUM_SEED } from "../bytes.js";
import type { MessageParams } from "../messages/catalogue.js";
import type { BootDialect } from "./boot-dialect.js";
import type { BootEventOf, BootFact } from "./boot-event.js";
import type { BootRun } from "./boot-run.js";
import type { BootCode } from "./verdict.js";

/** A reason with the lines that show it. */
export interface BootFailure {
  readonly code: BootCode;
  readonly params: MessageParams;
  /** Lines of the log, oldest first. */
  readonly evidence: readonly string[];
}

type Check = (run: BootRun, dialect: BootDialect) => Omit<BootFailure, "evidence"> | undefined;

/** Lines kept as evidence, and characters of each. */
const EVIDENCE_LINES = 12;
const EVIDENCE_LENGTH = 160;

/** The reason why this run fails, the most telling one first; `undefined` when nothing in it says so. */
export function findFailure(run: BootRun, dialect: BootDialect): BootFailure | undefined {
  for (const check of CHECKS) {
    const failure = check(run, dialect);
    if (failure !== undefined) return { ...failure, evidence: evidenceOf(run) };
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
]);

/** Whether the image could not even be loaded. */
export function isLoadFailure({ code }: BootFailure): boolean {
  return LOAD_FAILURES.has(code);
}

/** The last lines of a run, without the repetitions of bookkeeping. */
export function evidenceOf(run: BootRun): string[] {
  const lines = run.events.filter(({ type }) => type !== "bookkeeping").map(({ line }) => line);
  const text = run.firstText === undefined ? [] : [run.firstText];
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
    const other = find(run, "other-chip");
    return other && { code: "boot-other-chip", params: { family: other.family } };
  },
  ({ banner }, dialect) => {
    const code = banner && dialect.strapObstacle(banner.bootMode[0]);
    return code && { code, params: { bootMode: banner.bootMode[0] } };
  },
  (run) =>
    find(run, "unknown-reset") && {
      code: "boot-unknown-reset",
      params: { resetCause: run.banner?.resetCause },
    },
  (run) => {
    const wrong = find(run, "user-image-error");
    return (
      wrong && { code: wrong.what === "magic" ? "boot-user-image-missing" : "boot-user-flag", params: {} }
    );
  },
  (run) => find(run, "flash-map-error") && { code: "boot-flash-map", params: {} },
  (run) => {
    const radio = find(run, "rf-cal-error");
    return radio && { code: "boot-phy-init-data", params: { found: radio.found } };
  },
  (run, dialect) => {
    const crash = find(run, "fatal-exception");
    if (crash === undefined) return undefined;
    return {
      code: "boot-exception",
      params: { cause: crash.cause, ...dialect.exceptionCauseOf(crash.cause) },
    };
  },
  (run) => find(run, "flash-read-error") && { code: "boot-flash-read-error", params: {} },
  (run) => {
    if (find(run, "checksum-error") === undefined && find(run, "ets-main") === undefined) return undefined;
    if (find(run, "segment-load") === undefined) return { code: "boot-no-image", params: {} };
    return { code: readsZeros(run) ? "boot-mode-not-wired" : "boot-checksum-error", params: {} };
  },
];

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
