/** One console of the page: what is known of it, and what can be done with it. @module */
import { createEffect, createSignal, on, onCleanup } from "solid-js";
import { createStore } from "solid-js/store";
import type { ConsoleKind, ConsoleWish, Engine, Problem, SendRequest, SentReport } from "../engine/engine.js";
import type { FlasherActions } from "../primitives/create-flasher.js";
import type { ConsoleEntry } from "../report/journal.js";

/** What ends a line that is typed; `auto` is as the firmware needs it. */
export type LineEnding = "auto" | "\r" | "\n" | "\r\n";

/** What a person has chosen. */
export interface ConsoleSettings extends ConsoleWish {
  readonly ending: LineEnding;
  readonly localEcho: boolean;
}

/** A line that is held back, with what it would destroy. */
export interface HeldLine {
  readonly text: string;
  readonly danger: string;
}

/** Sending that runs, or how the last one ended. */
export type Sending =
  | { readonly kind: "running"; readonly done: number; readonly count: number }
  | { readonly kind: "over"; readonly report: SentReport };

/** All that is shown of a console beside its terminal. */
export interface ConsoleState {
  settings: ConsoleSettings;
  /** bit/s at which the port is read just now. */
  baudRate: number;
  isOpen: boolean;
  isLost: boolean;
  kind: ConsoleKind | undefined;
  canReset: boolean;
  failure: Problem | undefined;
  entries: ConsoleEntry[];
  /** Entries that are no longer kept. */
  forgotten: number;
  held: HeldLine | undefined;
  sending: Sending | undefined;
}

const MOST_ENTRIES = 200;
const REOPEN_MS = 1000;
/** A board sees both ends of a line that it needs; Enter alone is a CR everywhere else. */
const NEEDS_BOTH: readonly (ConsoleKind | undefined)[] = ["at"];

/** Stays as it was chosen while the page lives. */
let lastSettings: ConsoleSettings = {
  baudRate: 115_200,
  followsStarts: false,
  view: { timestamps: false, hex: false },
  ending: "auto",
  localEcho: false,
};

/** What a console hears. */
export interface ConsoleEars {
  /** Text for the terminal. */
  readonly show: (text: string) => void;
  readonly log: (lines: readonly { at: number; text: string }[]) => void;
}

/** A console that is open as long as its owner lives. */
export function createConsole(engine: Engine, actions: FlasherActions, ears: ConsoleEars) {
  const [state, setState] = createStore<ConsoleState>({
    settings: lastSettings,
    baudRate: lastSettings.baudRate,
    isOpen: false,
    isLost: false,
    kind: undefined,
    canReset: true,
    failure: undefined,
    entries: [],
    forgotten: 0,
    held: undefined,
    sending: undefined,
  });
  const [opening, setOpening] = createSignal(0);

  const attempt = async (work: () => Promise<void>) => {
    setState("failure", undefined);
    try {
      await work();
    } catch (problem) {
      setState("failure", problem as Problem);
    }
  };

  let turn = Promise.resolve();
  /** Opening and resetting take the engine as a whole, so each waits for the one before. */
  const inTurn = (work: () => Promise<void>) => {
    turn = turn.then(() => attempt(work));
    return turn;
  };

  function keep(entries: readonly ConsoleEntry[]): void {
    const byNumber = new Map([...state.entries, ...entries].map((entry) => [entry.number, entry]));
    const all = [...byNumber.values()];
    const over = Math.max(0, all.length - MOST_ENTRIES);
    setState("entries", all.slice(over));
    setState("forgotten", state.forgotten + over);
  }

  const stop = actions.onConsole((event) => {
    switch (event.type) {
      case "console":
        ears.show(event.text);
        ears.log(event.lines);
        if (event.entries.length > 0) keep(event.entries);
        if (event.kind !== undefined) setState("kind", event.kind);
        if (event.baudRate !== undefined) setState("baudRate", event.baudRate);
        break;
      case "console-sent":
        setState("sending", { kind: "running", done: event.done, count: event.count });
        break;
      case "console-closed":
        setState({ isOpen: false, isLost: event.isLost });
    }
  });

  async function open(): Promise<void> {
    await inTurn(async () => {
      const { kind, canReset } = await engine.openConsole({
        ...state.settings,
        view: { ...state.settings.view },
      });
      setState({ isOpen: true, isLost: false, canReset, baudRate: state.settings.baudRate });
      if (kind !== undefined) setState("kind", kind);
    });
  }

  createEffect(on([() => state.settings.baudRate, opening], () => void open()));
  createEffect(
    on(
      () => state.isLost,
      (isLost) => {
        if (!isLost) return;
        let timer = setTimeout(look, REOPEN_MS);
        let isOver = false;
        onCleanup(() => {
          isOver = true;
          clearTimeout(timer);
        });
        async function look(): Promise<void> {
          await comeBack();
          if (!isOver) timer = setTimeout(look, REOPEN_MS);
        }
      },
    ),
  );

  /** Nothing is said of a port that is not there yet. */
  async function comeBack(): Promise<void> {
    const isBack = await engine.reopenPort().catch(() => false);
    if (isBack && state.isLost) setOpening((count) => count + 1);
  }

  onCleanup(() => {
    stop();
    void engine.closeConsole();
  });

  const enter = () => {
    const { ending } = state.settings;
    if (ending !== "auto") return ending;
    return NEEDS_BOTH.includes(state.kind) ? "\r\n" : "\r";
  };

  async function type(keys: string, isSure = false): Promise<void> {
    if (state.sending?.kind === "running") {
      if (keys === "\x03") await engine.stopSending();
      return;
    }
    const isPaste = keys.length > 1 && /\r./.test(keys);
    if (isPaste) {
      await send(keys.replaceAll("\r", "\n"), "");
      return;
    }
    await attempt(async () => {
      const danger = await engine.typeAtConsole(keys.replaceAll("\r", enter()), isSure);
      if (danger !== undefined) setState("held", { text: keys, danger });
      else if (state.settings.localEcho) ears.show(keys.replaceAll("\r", "\r\n"));
    });
  }

  /** @param name of a file; empty for text */
  async function send(text: string, name: string, isSure = false): Promise<void> {
    if (state.sending?.kind === "running") return;
    await attempt(async () => {
      const danger = isSure ? undefined : await engine.dangerOf(text);
      if (danger !== undefined) {
        setState("held", { text: `${text}\n`, danger });
        return;
      }
      const how = state.kind === "espruino" ? "statements" : "lines";
      const request: SendRequest = { text, name, how, ending: enter() };
      setState("sending", { kind: "running", done: 0, count: 0 });
      try {
        setState("sending", { kind: "over", report: await engine.sendToConsole(request) });
      } catch (problem) {
        setState("sending", undefined);
        throw problem;
      }
    });
  }

  return [
    state,
    {
      type,
      send,
      stopSending: () => engine.stopSending(),
      forgetSending: () => setState("sending", undefined),
      open: () => setOpening((count) => count + 1),
      reset: (readsBoot: boolean) => inTurn(() => engine.resetBoard(readsBoot)),
      set(change: Partial<ConsoleSettings>) {
        const settings = { ...state.settings, ...change };
        lastSettings = settings;
        setState("settings", settings);
        if (change.baudRate === undefined)
          void engine.changeConsole({ ...settings, view: { ...settings.view } });
      },
      /** Gives the held line up, and what of it the board has already. */
      dropHeld() {
        setState("held", undefined);
        void engine.typeAtConsole("\x03");
      },
      async forceHeld() {
        const held = state.held;
        setState("held", undefined);
        if (held === undefined) return;
        if (held.text.includes("\n")) await send(held.text, "", true);
        else await type(held.text, true);
      },
    },
  ] as const;
}

/** What can be done with a console. */
export type ConsoleActions = ReturnType<typeof createConsole>[1];
