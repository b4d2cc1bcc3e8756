/** Before anything is connected: the ways to a board, and what the doctor can do without one. @module */
import { createSignal, For, Show } from "solid-js";
import type { FlasherActions } from "../primitives/create-flasher.js";
import type { GuestAgent } from "../primitives/create-guest.js";
import type { OfferedWay } from "../primitives/create-ways.js";
import { DropZone, FileButton } from "../ui/drop-zone.js";
import { TextWithCode } from "../ui/text-with-code.js";
import { words } from "../words/words.js";
import { GuestWay } from "./guest-way.js";

/** The first thing that is seen. */
export function StartScreen(props: {
  readonly ways: readonly OfferedWay[];
  readonly actions: FlasherActions;
  readonly isBusy: boolean;
  /** What becomes of what is done here. */
  readonly privacy: string;
  /** On pages that are not an agent's own. */
  readonly guest: GuestAgent | undefined;
  /** Whether the page is kept for use without a network. */
  readonly isOffline: boolean;
}) {
  const [text, setText] = createSignal("");
  /** The first way that can be gone. */
  const firstOpen = () => props.ways.findIndex(({ choices }) => choices.length > 0);
  const examine = (files: Parameters<FlasherActions["chooseFirmware"]>[0]) =>
    void props.actions.examineDump(files[0]!);
  return (
    <>
      <section class="intro">
        <h1>{words.tagline}</h1>
        <p class="lead">{words.start.lead}</p>
        <For each={props.ways}>
          {(way, index) => (
            <div class="way">
              <h2>{way.title}</h2>
              <p>
                <TextWithCode text={way.note} />
              </p>
              <div class="buttons">
                <For each={way.choices}>
                  {(choice, number) => (
                    <button
                      type="button"
                      classList={{
                        primary: index() === firstOpen() && number() === 0,
                        code: choice.isCode === true,
                      }}
                      disabled={props.isBusy || choice.isTaken === true}
                      onClick={() => void props.actions.connect(choice.open)}
                    >
                      {choice.label}
                    </button>
                  )}
                </For>
              </div>
            </div>
          )}
        </For>
        <Show when={props.guest}>
          {(guest) => <GuestWay guest={guest()} actions={props.actions} isBusy={props.isBusy} />}
        </Show>
      </section>
      <section class="no-board">
        <h2>{words.noBoard.title}</h2>
        <p>{words.noBoard.lead}</p>
        <div class="halves">
          <DropZone label={words.noBoard.drop} isDisabled={props.isBusy} onFiles={examine}>
            <FileButton label={words.noBoard.choose} isDisabled={props.isBusy} isSingle onFiles={examine} />
          </DropZone>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void props.actions.examineText(text());
            }}
          >
            <label>
              {words.noBoard.paste}
              <textarea
                rows={5}
                class="code"
                spellcheck={false}
                value={text()}
                onInput={(event) => setText(event.currentTarget.value)}
              />
            </label>
            <button type="submit" disabled={props.isBusy || text().trim() === ""}>
              {words.noBoard.examine}
            </button>
          </form>
        </div>
      </section>
      <p class="faint">
        {props.privacy} <Show when={props.isOffline}>{words.offline.ready}</Show>
      </p>
    </>
  );
}
