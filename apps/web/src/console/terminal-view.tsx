/** The terminal itself. @module */
import "@xterm/xterm/css/xterm.css";
import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { Terminal } from "@xterm/xterm";
import { onCleanup, onMount } from "solid-js";
import { words } from "../words/words.js";
import { terminalTheme } from "./terminal-theme.js";

/** Lines that can be scrolled back to; the log keeps more. */
const SCROLLBACK = 10_000;
/** A cursor that goes back over the edge of a line that was wrapped. */
const REVERSE_WRAP = "\x1b[?45h";

/** What a page does with a terminal. */
export interface TerminalHandle {
  write(text: string, written: () => void): void;
  clear(): void;
  focus(): void;
  find(text: string, isForward: boolean): boolean;
  endFind(): void;
}

/** A terminal as large as its place, with the keys that lead out of it. */
export function TerminalView(props: {
  readonly onKeys: (keys: string) => void;
  /** Ctrl+Shift+F. */
  readonly onFind: () => void;
  readonly onReady: (terminal: TerminalHandle) => void;
}) {
  let element!: HTMLDivElement;
  const terminal = new Terminal({
    fontFamily: '"IBM Plex Mono", ui-monospace, monospace',
    fontSize: 13,
    scrollback: SCROLLBACK,
    screenReaderMode: true,
    theme: terminalTheme(),
  });
  const fit = new FitAddon();
  const search = new SearchAddon();

  const isForPage = (event: KeyboardEvent): boolean => {
    if (event.type !== "keydown") return false;
    // The Tab key is the board's; this one leads out.
    if (event.key === "F6" && event.ctrlKey) {
      terminal.blur();
      return true;
    }
    if (event.key.toLowerCase() === "f" && event.ctrlKey && event.shiftKey) {
      event.preventDefault();
      props.onFind();
      return true;
    }
    return isCopy(event) && copySelection();
  };
  const copySelection = (): boolean => {
    if (!terminal.hasSelection()) return false;
    void navigator.clipboard?.writeText(terminal.getSelection()).catch(() => {});
    terminal.clearSelection();
    return true;
  };

  onMount(() => {
    terminal.loadAddon(fit);
    terminal.loadAddon(search);
    terminal.open(element);
    fit.fit();
    terminal.write(REVERSE_WRAP);
    terminal.textarea?.setAttribute("aria-label", words.console.keys);
    terminal.attachCustomKeyEventHandler((event) => !isForPage(event));
    terminal.onData((keys) => props.onKeys(keys));
    const observer = new ResizeObserver(() => fit.fit());
    observer.observe(element);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const recolour = () => {
      terminal.options.theme = terminalTheme();
    };
    dark.addEventListener("change", recolour);
    onCleanup(() => {
      observer.disconnect();
      dark.removeEventListener("change", recolour);
    });
    props.onReady({
      write: (text, written) => terminal.write(text, written),
      clear: () => terminal.clear(),
      focus: () => terminal.focus(),
      find: (text, isForward) => (isForward ? search.findNext(text) : search.findPrevious(text)),
      endFind: () => search.clearDecorations(),
    });
    terminal.focus();
  });
  onCleanup(() => terminal.dispose());
  // The inner one has no padding: its height is that of whole lines.
  return (
    <div class="console-screen">
      <div ref={element} />
    </div>
  );
}

/** With a selection Ctrl+C copies, as everywhere; without one it goes to the board. */
function isCopy({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === "c" && (ctrlKey || metaKey);
}
