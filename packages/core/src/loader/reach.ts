/**
 * Attempts to get an answer to SYNC: which reset, at which rate, and what each attempt has shown.
 *
 * @module
 */
import type { FlasherError } from "../errors.js";
import type { Connection } from "../protocol/connection.js";
import type { ResetSequence, ResetStrategy } from "../targets/reset-strategy.js";
import type { Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";
import type { ConnectOptions } from "./connect-options.js";
import { nextStrategy, orderStrategies, type Trial } from "./reset/choose-strategy.js";
import { connectFailure, type Evidence, mostTelling, type Sight } from "./reset/evidence.js";
import { evidenceOfStray, resetAndListen } from "./reset/listen.js";
import { stepsFor } from "./reset/steps-for.js";
import { type SyncAnswer, synchronise } from "./sync.js";

const RESETS = 7;
/**
 * Without reset lines the chip is waited for: until a person has pressed the buttons, or until a flash chip that an earlier
 * program left erasing has finished. About a quarter of a minute.
 */
const ROUNDS_WITHOUT_RESET = 30;
/** With RTS alone each round resets the chip, and FLASH has to be held. */
const RESETS_BY_RTS = 20;
/** Without reset lines a stub may still run at the rate of a faster session before: few go beyond this one. */
const FASTEST_LEFT_RATE = 921_600;
/** SYNCs per reset: one for each state in which a loader may be found; see `synchronise`. */
const SYNCS_PER_ATTEMPT = 4;

/** What was seen of a chip that the lines do reset. */
const STARTED: ReadonlySet<Sight> = new Set<Sight>(["application", "strapping", "loader"]);

/** A loader that has answered SYNC. */
export interface Reached {
  readonly answer: SyncAnswer;
  readonly syncRate: number;
  /** Name of the reset strategy, or "none". */
  readonly reset: string;
  /** Starts the firmware on the same circuit; `undefined` where nothing is known of it. */
  readonly run: ResetSequence | undefined;
  /** Whether resetting the chip from here is worth trying. */
  readonly canReset: boolean;
}

/** One connection attempt after the other. */
export class Reaching {
  readonly #target: Target;
  readonly #signal: AbortSignalLike | undefined;
  readonly #resets: boolean;
  /** The far end keeps its rate whatever is asked of it. */
  readonly #fixedRate: boolean;
  readonly #strategies: readonly ResetStrategy[];
  readonly #trials: Trial[] = [];
  readonly #evidence: Evidence[] = [];
  #resetAttempts: number;
  /** More of them where SYNC was answered: each may find another rate to be too fast. */
  #spare: number;
  /** Rounds without a reset, behind those with one or instead of them. */
  readonly #rounds: number;
  /** Rates for SYNC behind a reset, from which the first is taken until it fails. */
  #syncRates: readonly number[];
  #attempts = 0;
  /** The strategy of the last attempt, where its SYNC was answered. */
  #answered: ResetStrategy | undefined;
  /** Led into the loader, as was heard, and then the port was opened anew for SYNC: to be tried without listening. */
  #heardOnly: ResetStrategy | undefined;
  #listened = false;
  #told = false;

  constructor(
    readonly connection: Connection,
    readonly options: ConnectOptions,
    readonly workRate: number,
    only: ResetStrategy | undefined,
  ) {
    const { target, adapter, hint, attempts } = options;
    const { baudRate, ...wires } = connection.transport.capabilities;
    const { lines } = wires;
    this.#target = target;
    this.#signal = options.signal;
    this.#fixedRate = baudRate === "fixed";
    this.#resets = lines !== "none" && options.before !== "no-reset";
    const order = () => orderStrategies(target.resets.loader, { ...wires, adapter, hint: hint?.reset });
    this.#strategies = only === undefined ? order() : [only];
    this.#resetAttempts = this.#resets ? (attempts ?? (lines === "rts" ? RESETS_BY_RTS : RESETS)) : 0;
    this.#rounds = this.#resets && attempts !== undefined ? 0 : (attempts ?? ROUNDS_WITHOUT_RESET);
    this.#syncRates = syncRatesFor(target, workRate, this.#fixedRate);
    this.#spare = this.#resets && attempts === undefined ? target.uart.ladder.length : 0;
  }

  /** Whether another attempt is to be made. */
  get goesOn(): boolean {
    if (this.#attempts < this.#resetAttempts) return true;
    return this.#attempts < this.#resetAttempts + this.#rounds && (!this.#resets || this.#waitsForButtons);
  }

  /** The answer of one attempt; `undefined` where there was none. @throws FlasherError `port-lost`; the signal's reason */
  async attempt(): Promise<Reached | undefined> {
    const number = ++this.#attempts;
    this.connection.stray.clear();
    if (number > this.#resetAttempts) return this.#withoutReset(number - this.#resetAttempts);
    return this.#withReset(number);
  }

  /** What came behind the answer has failed, so the next attempt is more careful with the rate; the reset was right. */
  failedBehindSync(): void {
    if (this.#syncRates.length > 1) this.#syncRates = this.#syncRates.slice(1);
    if (this.#spare === 0) return;
    this.#spare--;
    this.#resetAttempts++;
  }

  /** Why there was no answer: the most telling of all that was seen. */
  async failure(): Promise<FlasherError> {
    if (this.#resets && !this.#listened && this.#hears) await this.#listenOnce();
    return connectFailure(this.#evidence, this.connection.transport.label, this.#attempts);
  }

  /**
   * The first attempt goes straight to SYNC. Each one behind it listens to the boot ROM first: where that enters no loader,
   * no SYNC can be answered.
   */
  async #withReset(number: number): Promise<Reached | undefined> {
    const known = this.#answered ?? this.#heardOnly;
    const strategy = known ?? nextStrategy(this.#strategies, this.#trials);
    const listens = number > 1 && known === undefined && this.#hears;
    this.#heardOnly = undefined;
    const syncRate = this.#syncRates[0];
    this.#tell(number, syncRate, strategy.name);
    const heard = listens ? await this.#listen(strategy) : undefined;
    if (heard?.sight === "application" || heard?.sight === "strapping") {
      this.#learn(strategy, heard);
      return undefined;
    }
    await this.connection.transport.setBaudRate(syncRate);
    await this.connection.discard();
    this.connection.stray.clear();
    if (!listens) await this.connection.transport.signal(this.#stepsOf(strategy));
    const answer = await this.#synchronise(syncRate);
    this.#answered = answer === undefined ? undefined : strategy;
    if (answer === undefined) {
      this.#syncRates = this.#syncRates.slice(-1);
      if (heard?.sight === "loader" && this.#reopens) this.#heardOnly = strategy;
      // Whoever has not listened cannot say what the strategy did: it was at the wrong rate for that.
      this.#learn(strategy, this.#more(heard, strategy.name), heard?.sight ?? "unknown");
      return undefined;
    }
    return { answer, syncRate, reset: strategy.name, run: strategy.run, canReset: true };
  }

  async #withoutReset(round: number): Promise<Reached | undefined> {
    const rates = this.#ratesWithoutReset();
    const syncRate = rates[(round - 1) % rates.length];
    if (this.#resets || round > 1) this.#askForButtons("press-flash-and-reset");
    this.#tell(this.#attempts, syncRate, "none");
    await this.connection.transport.setBaudRate(syncRate);
    await this.connection.discard();
    const answer = await this.#synchronise(syncRate);
    if (answer !== undefined) {
      const run = this.#trials.find(({ sight }) => STARTED.has(sight))?.strategy.run;
      return { answer, syncRate, reset: "none", run, canReset: !this.#resets || run !== undefined };
    }
    this.#evidence.push(evidenceOfStray(this.connection.stray, "none"));
    return undefined;
  }

  /** Only the safe rate where the lines are there and do nothing: a chip that buttons bring into its loader measures it. */
  #ratesWithoutReset(): readonly number[] {
    if (this.#fixedRate) return [this.workRate];
    const { syncRates } = this.#target.uart;
    const safe = Math.min(syncRates[syncRates.length - 1], this.workRate);
    if (this.#resets) return [safe];
    return [...new Set([safe, this.workRate, ...syncRates, FASTEST_LEFT_RATE])];
  }

  #synchronise(baudRate: number): Promise<SyncAnswer | undefined> {
    return synchronise(this.connection, this.#target, baudRate, SYNCS_PER_ATTEMPT, this.#signal);
  }

  get #reopens(): boolean {
    return this.connection.transport.capabilities.reopensForRate === true;
  }

  /** Boot messages come at a rate of their own, which a fixed one is not. */
  get #hears(): boolean {
    return !this.#fixedRate;
  }

  async #listen(strategy: ResetStrategy): Promise<Evidence> {
    this.#listened = true;
    return resetAndListen(this.connection, this.#target, strategy, this.#stepsOf(strategy), this.#signal);
  }

  async #listenOnce(): Promise<void> {
    this.#evidence.push(await this.#listen(this.#strategies[0]));
  }

  #stepsOf(strategy: ResetStrategy): ResetStrategy["steps"] {
    return stepsFor(this.connection.transport.capabilities.lines, strategy.steps);
  }

  /** What listening has shown, or what came during SYNC where that says more. */
  #more(heard: Evidence | undefined, reset: string): Evidence {
    const stray = evidenceOfStray(this.connection.stray, reset);
    if (heard === undefined) return stray;
    return mostTelling([stray, heard, ...(heard.earlier === undefined ? [] : [heard.earlier])]);
  }

  #learn(strategy: ResetStrategy, evidence: Evidence, sight = evidence.sight): void {
    this.#evidence.push(evidence);
    this.#trials.push({ strategy, sight });
    if (strategy.circuit === "rts-only" && sight !== "loader") this.#askForButtons("hold-flash");
  }

  /** Buttons help where no line reaches the chip, or none that matters; not against straps or a wire that is missing. */
  get #waitsForButtons(): boolean {
    const { sight } = mostTelling(this.#evidence);
    return this.#answered === undefined && sight !== "loader" && sight !== "strapping";
  }

  #askForButtons(code: "press-flash-and-reset" | "hold-flash"): void {
    if (this.#told) return;
    this.#told = true;
    this.options.onEvent?.({ type: "buttons-needed", code, params: {} });
  }

  #tell(attempt: number, baudRate: number, reset: string): void {
    this.options.onEvent?.({ type: "connecting", attempt, baudRate, reset });
  }
}

/** One fast rate, which a reset makes the ROM measure, and the safe one; nothing above the rate that is wanted. */
function syncRatesFor({ uart }: Target, workRate: number, fixed: boolean): readonly number[] {
  if (fixed) return [workRate];
  const fitting = uart.syncRates.filter((rate) => rate <= workRate);
  return fitting.length > 0 ? fitting : [workRate];
}
