/** Bringing a served board's flash to its file while it is used. @module */
import type { Clock } from "@flashwright/core";
import type { VirtualBoard } from "@flashwright/virtual-device";
import type { FlashFile } from "./flash-file.js";

/** How long the flash has to be left alone before it is saved. */
const QUIET_MS = 1000;
/** How often it is looked at. */
const LOOK_MS = 250;

/** What a keeper works with. */
export interface FlashKeeperParts {
  readonly board: Pick<VirtualBoard, "flash" | "statistics">;
  /** `undefined` where the flash is forgotten in the end: nothing is done then. */
  readonly file: FlashFile | undefined;
  readonly clock: Clock;
  readonly onSaved: () => void;
  /** A save that nobody waits for has failed. */
  readonly onFailed: (error: unknown) => void;
}

/** Saves when it is told to and, once `start` was called, when the flash was changed and then left alone. */
export class FlashKeeper {
  readonly #parts: FlashKeeperParts;
  /** Saves come one after the other. */
  #last: Promise<void> = Promise.resolve();
  #seenChanges: number;
  /** When a change was seen that no save has been tried for. */
  #changedAt: number | undefined;
  #cancelLook: (() => void) | undefined;

  constructor(parts: FlashKeeperParts) {
    this.#parts = parts;
    this.#seenChanges = this.#changes;
  }

  /** Begins to look after the flash, until `stop`. */
  start(): void {
    if (this.#parts.file !== undefined) this.#lookLater();
  }

  stop(): void {
    this.#cancelLook?.();
    this.#cancelLook = undefined;
  }

  /** Saves now, if the flash differs from the file. @throws FlasherError `file-unwritable` */
  save(): Promise<void> {
    this.#changedAt = undefined;
    const saved = this.#last.catch(() => {}).then(() => this.#save());
    this.#last = saved;
    return saved;
  }

  /** `save` for those who cannot wait. After a failure the next change, or the end, brings another attempt. */
  saveSoon(): void {
    this.save().catch((error) => this.#parts.onFailed(error));
  }

  #lookLater(): void {
    this.#cancelLook = this.#parts.clock.setTimer(LOOK_MS, () => {
      this.#lookLater();
      this.#look();
    });
  }

  #look(): void {
    const now = this.#parts.clock.now();
    const changes = this.#changes;
    if (changes !== this.#seenChanges) this.#changedAt = now;
    this.#seenChanges = changes;
    if (this.#changedAt !== undefined && now - this.#changedAt >= QUIET_MS) this.saveSoon();
  }

  /** How often something was programmed or erased: quicker to compare than megabytes. */
  get #changes(): number {
    const { programs, sectorErases, blockErases, chipErases } = this.#parts.board.statistics;
    return programs + sectorErases + blockErases + chipErases;
  }

  async #save(): Promise<void> {
    const { file, board, onSaved } = this.#parts;
    if (await file?.save(board.flash)) onSaved();
  }
}
