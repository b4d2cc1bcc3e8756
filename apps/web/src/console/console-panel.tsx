/** The board's console: a terminal, the rate, a reset, and a log to keep. @module */
import "@xterm/xterm/css/xterm.css";
import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import { createEffect, createSignal, For, onCleanup, onMount, Show } from "solid-js";
import type { Engine, Problem } from "../engine/engine.js";
import type { FlasherActions } from "../primitives/create-flasher.js";
import { chooseSink } from "../primitives/save-file.js";
import { words } from "../words/words.js";
import { terminalTheme } from "./terminal-theme.js";

/** Lines that are kept for the log. */
const MOST_LINES = 100_000;

/** The console of a board that runs. */
export function ConsolePanel(props: { readonly engine: Engine; readonly actions: FlasherActions }) {
  let element!: HTMLDivElement;
  const [rate, setRate] = createSignal(115_200);
  const [isOpen, setOpen] = createSignal(false);
  const [failure, setFailure] = createSignal<string>();
  const lines: string[] = [];
  const terminal = new Terminal({
    fontFamily: '"IBM Plex Mono", ui-monospace, monospace',
    fontSize: 13,
    scrollback: 5000,
    screenReaderMode: true,
    theme: terminalTheme(),
  });
  const fit = new FitAddon();
  const attempt = async (work: () => Promise<void>) => {
    setFailure(undefined);
    try {
      await work();
    } catch (problem) {
      setFailure((problem as Problem).message);
    }
  };

  const stop = props.actions.onConsole((event) => {
    if (event.type === "console-closed") setOpen(false);
    else {
      terminal.write(event.text);
      lines.push(...event.lines);
      lines.splice(0, lines.length - MOST_LINES);
    }
  });
  onMount(() => {
    terminal.loadAddon(fit);
    terminal.open(element);
    fit.fit();
    terminal.textarea?.setAttribute("aria-label", words.console.keys);
    // The Tab key is the board's; this one leads out.
    terminal.attachCustomKeyEventHandler((event) => {
      if (event.key !== "F6" || !event.ctrlKey) return true;
      terminal.blur();
      return false;
    });
    terminal.onData((text) => void attempt(() => props.engine.typeAtConsole(text)));
    const observer = new ResizeObserver(() => fit.fit());
    observer.observe(element);
    onCleanup(() => observer.disconnect());
    terminal.focus();
  });
  createEffect(() => {
    const baudRate = rate();
    void attempt(async () => {
      await props.engine.openConsole(baudRate);
      setOpen(true);
    });
  });
  onCleanup(() => {
    stop();
    void props.engine.closeConsole();
    terminal.dispose();
  });

  const save = async () => {
    const sink = await chooseSink("console.log");
    await sink?.write("console.log", new TextEncoder().encode(`${lines.join("\n")}\n`));
  };
  return (
    <section class="panel console" aria-labelledby="console-title">
      <header class="map-head">
        <h2 id="console-title">{words.console.title}</h2>
        <div class="buttons">
          <label class="field">
            {words.console.rate}
            <select value={rate()} onChange={(event) => setRate(Number(event.currentTarget.value))}>
              <For each={words.console.rates}>
                {([value, label]) => <option value={value}>{label}</option>}
              </For>
            </select>
          </label>
          <button type="button" onClick={() => void attempt(() => props.engine.resetBoard())}>
            {words.console.reset}
          </button>
          <button type="button" onClick={() => void save()}>
            {words.console.save}
          </button>
          <button type="button" onClick={() => props.actions.showConsole(false)}>
            {words.console.close}
          </button>
        </div>
      </header>
      <div class="console-screen" ref={element} />
      <Show when={failure() ?? (isOpen() ? undefined : words.console.over)}>
        {(text) => (
          <p class="warning" role="status">
            {text()}
          </p>
        )}
      </Show>
    </section>
  );
}
