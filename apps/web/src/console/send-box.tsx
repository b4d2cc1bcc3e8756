/** Sending a text or a file into the console. @module */
import { createSignal, For, Match, Show, Switch } from "solid-js";
import { words } from "../words/words.js";
import type { ConsoleActions, ConsoleState } from "./create-console.js";

/** No board has room for more. */
const MOST_BYTES = 1024 * 1024;

/** A place for a text, a file to choose, and how far it is. */
export function SendBox(props: {
  readonly state: ConsoleState;
  readonly actions: ConsoleActions;
  readonly onClose: () => void;
}) {
  const { send } = words.console;
  const [text, setText] = createSignal("");
  const [complaint, setComplaint] = createSignal<string>();

  const sendFile = async (file: File | undefined) => {
    setComplaint(undefined);
    if (file === undefined) return;
    const content = file.size > MOST_BYTES ? "" : await file.text();
    if (file.size > MOST_BYTES) setComplaint(send.tooLarge(file.name));
    else if (content.includes("\0")) setComplaint(send.binary(file.name));
    else await props.actions.send(content, file.name);
  };
  return (
    <form
      class="send-box"
      onSubmit={(event) => {
        event.preventDefault();
        void props.actions.send(text(), send.pasted);
      }}
    >
      <label>
        {send.text}
        <textarea
          rows="5"
          spellcheck={false}
          value={text()}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <div class="buttons">
        <button type="submit" disabled={text().trim() === "" || isRunning(props.state)}>
          {send.go}
        </button>
        <label class="file-button">
          <input
            type="file"
            class="unseen"
            disabled={isRunning(props.state)}
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              event.currentTarget.value = "";
              void sendFile(file);
            }}
          />
          <span>{send.file}</span>
        </label>
        <button type="button" onClick={() => props.onClose()}>
          {send.close}
        </button>
      </div>
      <p class="faint">{send.hint}</p>
      <Show when={complaint()}>{(said) => <p class="warning">{said()}</p>}</Show>
    </form>
  );
}

/** How far the sending is, or how it ended. */
export function SendProgress(props: { readonly state: ConsoleState; readonly actions: ConsoleActions }) {
  const { send } = words.console;
  const running = () => (props.state.sending?.kind === "running" ? props.state.sending : undefined);
  const report = () => (props.state.sending?.kind === "over" ? props.state.sending.report : undefined);
  return (
    <div class="send-progress" role="status">
      <Switch>
        <Match when={running()}>
          {(work) => (
            <>
              <progress max={Math.max(1, work().count)} value={work().done} aria-label={send.title} />
              <p>{send.progress(work().done, work().count)}</p>
              <button type="button" onClick={() => void props.actions.stopSending()}>
                {send.stop}
              </button>
            </>
          )}
        </Match>
        <Match when={report()}>
          {(told) => (
            <>
              <p>{told().wasStopped ? send.stopped(told().done, told().count) : send.sent(told().count)}</p>
              <Show when={told().errors.length > 0}>
                <p class="warning">{send.errors}</p>
                <ul class="evidence">
                  <For each={told().errors}>
                    {({ line, text }) => (
                      <li>
                        {send.line(line)}: {text}
                      </li>
                    )}
                  </For>
                </ul>
              </Show>
            </>
          )}
        </Match>
      </Switch>
    </div>
  );
}

function isRunning({ sending }: ConsoleState): boolean {
  return sending?.kind === "running";
}
