/** The board's console: a terminal, what happened beside it, and what can be done. @module */
import "../style/console.css";
import { createSignal, For, Show } from "solid-js";
import type { Engine } from "../engine/engine.js";
import type { FlasherActions, FlasherState } from "../primitives/create-flasher.js";
import type { EntryOffer } from "../report/journal.js";
import { words } from "../words/words.js";
import { SettingsBox } from "./console-settings.js";
import { createConsole } from "./create-console.js";
import { FindBox } from "./find-box.js";
import { HeldBar } from "./held-bar.js";
import { JournalList } from "./journal-list.js";
import { createLog, LogBar } from "./log-bar.js";
import { SendBox, SendProgress } from "./send-box.js";
import { shortcuts } from "./shortcuts.js";
import { TerminalFeed } from "./terminal-feed.js";
import { type TerminalHandle, TerminalView } from "./terminal-view.js";

const BOOT_RATE = 74_880;

/** The console of a board that runs. */
export function ConsolePanel(props: {
  readonly engine: Engine;
  readonly actions: FlasherActions;
  readonly flasher: FlasherState;
}) {
  const [terminal, setTerminal] = createSignal<TerminalHandle>();
  const [isPaused, setPaused] = createSignal(false);
  const [isFinding, setFinding] = createSignal(false);
  const [isSending, setSending] = createSignal(false);
  const feed = new TerminalFeed(
    { write: (text, written) => terminal()?.write(text, written) },
    words.console.skipped,
  );
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
      <header class="map-head">
        <h2 id="console-title">
          {words.console.title}
          <Show when={state.kind}>{(kind) => <span class="faint"> {words.console.kinds[kind()]}</span>}</Show>
        </h2>
        <div class="buttons">
          <label class="field">
            {words.console.rate}
            <select
              value={state.settings.baudRate}
              onChange={(event) => actions.set({ baudRate: Number(event.currentTarget.value) })}
            >
              <For each={words.console.rates}>
                {([value, label]) => <option value={value}>{label}</option>}
              </For>
            </select>
          </label>
          <Show when={state.canReset}>
            <button type="button" onClick={() => void actions.reset(false)}>
              {words.console.reset}
            </button>
            <button
              type="button"
              title={words.console.resetReadNote}
              onClick={() => void actions.reset(true)}
            >
              {words.console.resetRead}
            </button>
          </Show>
          <button type="button" onClick={() => props.actions.showConsole(false)}>
            {words.console.close}
          </button>
        </div>
      </header>
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
              // What came before there was a terminal.
              feed.push("");
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
          <div class="buttons console-tools">
            <button
              type="button"
              title={words.console.interruptNote}
              onClick={() => void actions.type("\x03")}
            >
              {words.console.interrupt}
            </button>
            <button type="button" aria-pressed={isPaused()} onClick={() => pause(!isPaused())}>
              {isPaused() ? words.console.resume : words.console.pause}
            </button>
            <button type="button" onClick={clear}>
              {words.console.clear}
            </button>
            <button type="button" aria-pressed={isFinding()} onClick={() => setFinding(!isFinding())}>
              {words.console.find}
            </button>
            <button type="button" aria-expanded={isSending()} onClick={() => setSending(!isSending())}>
              {words.console.send.title}
            </button>
            <span class="faint console-leave">{words.console.leave}</span>
          </div>
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
          <Show when={state.kind}>
            {(kind) => (
              <section aria-labelledby="shortcuts-title" class="shortcuts">
                <h3 id="shortcuts-title" class="label">
                  {words.console.shortcuts}
                </h3>
                <div class="buttons">
                  <For each={shortcuts[kind()]}>
                    {(command) => (
                      <button type="button" class="code" onClick={() => run(command)}>
                        {command}
                      </button>
                    )}
                  </For>
                </div>
              </section>
            )}
          </Show>
          <SettingsBox settings={state.settings} actions={actions} />
          <LogBar log={log} />
        </div>
      </div>
    </section>
  );
}
