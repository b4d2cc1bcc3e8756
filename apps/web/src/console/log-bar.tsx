/** Keeping the log: once, or all the time. @module */
import { createSignal, onCleanup, Show } from "solid-js";
import type { LoggedLine } from "../engine/engine.js";
import { type FileFailure, fileFailure } from "../primitives/file-failure.js";
import { chooseSink } from "../primitives/save-file.js";
import { kilobytes } from "../ui/numbers.js";
import { words } from "../words/words.js";
import { ConsoleLog, logText } from "./console-log.js";
import { chooseLogFile, hasLogFiles, LiveLog } from "./live-log.js";
import { gatherPieces } from "./log-pieces.js";

const NAME = "console.log";

/** A log and the file that it may go to. */
export function createLog() {
  const log = new ConsoleLog(words.console.log.missing);
  const [file, setFile] = createSignal<LiveLog>();
  const [size, setSize] = createSignal(0);
  const [dropped, setDropped] = createSignal(0);
  const [broken, setBroken] = createSignal<string>();
  const [failure, setFailure] = createSignal<FileFailure>();
  const [hasTimes, setTimes] = createSignal(false);

  const close = async () => {
    const open = file();
    setFile(undefined);
    await open?.flush();
  };
  const onHide = () => void file()?.flush();
  addEventListener("pagehide", onHide);
  onCleanup(() => {
    removeEventListener("pagehide", onHide);
    void close();
  });

  return {
    file,
    size,
    dropped,
    broken,
    failure,
    hasTimes,
    setTimes,
    close,
    add(lines: readonly LoggedLine[]) {
      if (lines.length === 0) return;
      log.add(lines);
      setDropped(log.dropped);
      file()?.add(logText(lines, hasTimes()));
      setSize(file()?.size ?? 0);
    },
    async save() {
      setFailure(undefined);
      try {
        const sink = await chooseSink(NAME);
        await sink?.write(NAME, await gatherPieces(log.pieces(hasTimes())));
      } catch (error) {
        setFailure(fileFailure(error, NAME));
      }
    },
    /** What was logged before goes first. */
    async start() {
      const handle = await chooseLogFile(NAME);
      if (handle === undefined) return;
      setBroken(undefined);
      const live = new LiveLog(handle, () => {
        setFile(undefined);
        setBroken(handle.name);
      });
      const begun = live.begin(log.pieces(hasTimes()));
      setFile(live);
      await begun;
      setSize(live.size);
    },
  };
}

/** The log's buttons, and what is to be known of it. */
export function LogBar(props: { readonly log: ReturnType<typeof createLog> }) {
  const text = () => words.console.log;
  const { log } = props;
  return (
    <div class="log-bar">
      <div class="buttons">
        <button type="button" onClick={() => void log.save()}>
          {text().save}
        </button>
        <Show when={hasLogFiles()}>
          <button type="button" onClick={() => void (log.file() === undefined ? log.start() : log.close())}>
            {log.file() === undefined ? text().write : text().stop}
          </button>
        </Show>
        <label class="choice">
          <input
            type="checkbox"
            checked={log.hasTimes()}
            onChange={(event) => log.setTimes(event.currentTarget.checked)}
          />
          {text().timestamps}
        </label>
      </div>
      <Show when={log.file()}>
        {(file) => <p class="faint">{text().writing(file().name, kilobytes(log.size()))}</p>}
      </Show>
      <Show when={log.broken()}>
        {(name) => (
          <p class="warning" role="alert">
            {text().failed(name())}
          </p>
        )}
      </Show>
      <Show when={log.failure()}>
        {(failure) => (
          <p class="warning" role="alert">
            {failure().message} {failure().hint}
          </p>
        )}
      </Show>
      <Show when={log.dropped() > 0}>
        <p class="faint">{text().dropped(log.dropped())}</p>
      </Show>
    </div>
  );
}
