/**
 * What happens during an operation, as plain data for progress bars, JSON lines and logs.
 *
 * Order: `connecting` once an attempt, `buttons-needed` at most once between them, `connected`, `planned`, then for each
 * stretch of work `started`, `progress` any number of times, `finished`; what a plan has to keep is read so before its
 * `planned`. `boot` comes for each message of the starting board, `warning` and `note` at any time. The last event is
 * exactly one of `completed`, `failed` and `cancelled`.
 *
 * @module
 */
import { FlasherError, type FlasherErrorData, isFlasherError } from "../errors.js";
import type { MessageCode, MessageParams } from "../messages/catalogue.js";
import type { FlashInfo } from "../targets/jedec.js";
import type { ChipInfo } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";
import type { FlashPlan } from "./plan.js";
import type { Region } from "./region.js";

/** Kinds of work on a region. */
export type Operation = "check" | "erase" | "write" | "verify" | "read";

/** One event; see the module for their order. */
export type FlashEvent =
  | {
      readonly type: "connecting";
      readonly attempt: number;
      readonly baudRate: number;
      /** Name of the reset sequence, "none" where there is no reset. */
      readonly reset: string;
    }
  | {
      readonly type: "connected";
      readonly chip: ChipInfo;
      readonly flash: FlashInfo;
      readonly flashSize: number;
      readonly loader: "rom" | "stub";
      readonly baudRate: number;
      /** Name of the reset sequence that led there, "none" where there was no reset. */
      readonly reset: string;
      /** Rate in bit/s at which SYNC was answered. */
      readonly syncRate: number;
    }
  | {
      /** Somebody has to press a button on the board, while connecting goes on; the words are in the catalogue. */
      readonly type: "buttons-needed";
      readonly code: "press-flash-and-reset" | "hold-flash";
      readonly params: MessageParams;
    }
  | { readonly type: "planned"; readonly plan: FlashPlan }
  | { readonly type: "started"; readonly operation: Operation; readonly region: Region }
  | {
      readonly type: "progress";
      readonly operation: Operation;
      readonly region: Region;
      /** Bytes of flash, from the start of the region. */
      readonly doneBytes: number;
    }
  | {
      readonly type: "finished";
      readonly operation: Operation;
      readonly region: Region;
      readonly elapsedMs: number;
    }
  | {
      /** Something worth knowing that stops nothing; the words are in the catalogue. */
      readonly type: "warning" | "note";
      readonly code: MessageCode;
      readonly params: MessageParams;
    }
  | { readonly type: "boot"; readonly line: string }
  | { readonly type: "completed"; readonly result: OperationResult }
  | { readonly type: "failed"; readonly error: FlasherErrorData }
  | { readonly type: "cancelled" };

/** How an operation ended well. */
export interface OperationResult {
  /** What was done, in the catalogue's words: "written-verified", "read", "identified". */
  readonly code: MessageCode;
  readonly params: MessageParams;
}

/** Takes events. Whatever it throws is the caller's own failure and ends the operation. */
export type EventListener = (event: FlashEvent) => void;

/**
 * Runs an operation so that its event stream ends with exactly one terminal event.
 * @returns what `body` returns
 * @throws what `body` throws
 */
export async function runOperation<T extends { readonly result: OperationResult }>(
  onEvent: EventListener,
  body: () => Promise<T>,
  signal?: AbortSignalLike,
): Promise<T> {
  let outcome: T;
  try {
    outcome = await body();
  } catch (error) {
    if (signal?.aborted && error === signal.reason) onEvent({ type: "cancelled" });
    else onEvent({ type: "failed", error: asErrorData(error) });
    throw error;
  }
  onEvent({ type: "completed", result: outcome.result });
  return outcome;
}

function asErrorData(error: unknown): FlasherErrorData {
  if (isFlasherError(error)) return error.toJSON();
  const text = error instanceof Error ? error.message : String(error);
  return new FlasherError("internal", { text }).toJSON();
}
