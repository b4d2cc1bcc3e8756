/** The board's console: a terminal, what happened beside it, and what can be done. @module */
import "../style/console.css";
import { createSignal, Show } from "solid-js";
import type { Engine } from "../engine/engine.js";
import type { FlasherActions, FlasherState } from "../primitives/create-flasher.js";
import type { EntryOffer } from "../report/journal.js";
import { words } from "../words/words.js";
import { ConsoleHead } from "./console-head.js";
import { SettingsBox } from "./console-settings.js";
import { ConsoleTools } from "./console-tools.js";
import { createConsole } from "./create-console.js";
import { FindBox } from "./find-box.js";
import { HeldBar } from "./held-bar.js";
import { JournalList } from "./journal-list.js";
import { createLog, LogBar } from "./log-bar.js";
import { SendBox, SendProgress } from "./send-box.js";
import { ShortcutList } from "./shortcut-list.js";
import { TerminalFeed } from "./terminal-feed.js";
import { type TerminalHandle, TerminalView } from "./terminal-view.js";

const BOOT_RATE = 74_880;

/** The console of a board that runs. */
export function ConsolePanel(props: {
  readonly engine: Engine;
  readonly actions: FlasherActions;
  /** The page's state, where plans can be shown. */
  readonly flasher?: FlasherState;
}) {
  const [terminal, setTerminal] = createSignal<TerminalHandle>();
  const [isPaused, setPaused] = createSignal(false);
  const [isFinding, setFinding] = createSignal(false);
  const [isSending, setSending] = createSignal(false);
  const feed = new TerminalFeed(
    { write: (text, written) => terminal()?.write(text, written) },
    words.console.skipped,
  );
  // Until there is a terminal.
  feed.isPaused = true;
  const log = createLog();
  const [state, actions] = createConsole(props.engine, props.actions, {
    show: (text) => feed.push(text),
    log: log.add,
  });

  const pause = (isOn: boolean) => {
    setPaused(isOn);
    feed.isPaused = isOn;
  };
  const clear = () => {
    feed.clear();
    terminal()?.clear();
  };
  const take = (offer: EntryOffer) => {
    if (offer === "read-boot") void actions.reset(true);
    else if (offer === "boot-rate") actions.set({ baudRate: BOOT_RATE });
    else void props.actions.examine();
  };
  const run = (command: string) => {
    void actions.type(`${command}\r`);
    terminal()?.focus();
  };
  const status = () => {
    if (state.failure !== undefined) return state.failure.message;
    if (state.isLost) return words.console.lost;
    return state.isOpen ? undefined : words.console.over;
  };

  return (
    <section class="panel console" aria-labelledby="console-title">
      <ConsoleHead state={state} actions={actions} onClose={() => props.actions.showConsole(false)} />
      <div class="console-body">
        <div class="console-main">
          <Show when={isFinding() && terminal()}>
            {(found) => (
              <FindBox
                terminal={found()}
                onClose={() => {
                  setFinding(false);
                  terminal()?.focus();
                }}
              />
            )}
          </Show>
          <TerminalView
            onKeys={(keys) => void actions.type(keys)}
            onFind={() => setFinding(true)}
            onReady={(ready) => {
              setTerminal(ready);
              feed.isPaused = isPaused();
            }}
          />
          <Show when={state.held}>
            {(held) => (
              <HeldBar
                held={held()}
                actions={actions}
                flasher={props.flasher}
                flasherActions={props.actions}
              />
            )}
          </Show>
          <ConsoleTools
            isPaused={isPaused()}
            isFinding={isFinding()}
            isSending={isSending()}
            onInterrupt={() => void actions.type("\x03")}
            onPause={() => pause(!isPaused())}
            onClear={clear}
            onFind={() => setFinding(!isFinding())}
            onSend={() => setSending(!isSending())}
          />
          <Show when={isSending()}>
            <SendBox state={state} actions={actions} onClose={() => setSending(false)} />
          </Show>
          <SendProgress state={state} actions={actions} />
          <p class="console-status" role="status">
            <Show when={status()}>{(text) => <span class="warning">{text()} </span>}</Show>
            <Show when={state.failure?.hint}>{(hint) => <span>{hint()} </span>}</Show>
            <Show when={isPaused()}>{words.console.paused} </Show>
            <Show when={state.isOpen && state.baudRate !== state.settings.baudRate}>
              {words.console.now(state.baudRate)}
            </Show>
          </p>
          <Show when={!state.isOpen && !state.isLost}>
            <div class="buttons">
              <button type="button" onClick={() => actions.open()}>
                {words.console.again}
              </button>
            </div>
          </Show>
        </div>
        <div class="console-side">
          <JournalList
            entries={state.entries}
            forgotten={state.forgotten}
            canReset={state.canReset}
            onOffer={take}
          />
          <Show when={state.kind}>{(kind) => <ShortcutList kind={kind()} onRun={run} />}</Show>
          <SettingsBox settings={state.settings} actions={actions} />
          <LogBar log={log} />
        </div>
      </div>
    </section>
  );
}
