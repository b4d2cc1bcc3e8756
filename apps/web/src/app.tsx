/** The one screen: the flow on the left, the chip on the right. @module */
import { createEffect, For, lazy, Match, onCleanup, Show, Suspense, Switch } from "solid-js";
import { Dynamic } from "solid-js/web";
import { createAgent } from "./primitives/create-agent.js";
import { createFlasher } from "./primitives/create-flasher.js";
import { createGuest } from "./primitives/create-guest.js";
import { createOffline } from "./primitives/create-offline.js";
import { createWays } from "./primitives/create-ways.js";
import { linkedFirmware } from "./primitives/linked-firmware.js";
import { makeWorkerEngine } from "./primitives/make-worker-engine.js";
import { chooseSink } from "./primitives/save-file.js";
import { AgentPanel } from "./screens/agent-panel.js";
import { BoardPanel } from "./screens/board-panel.js";
import { DonePanel } from "./screens/done-panel.js";
import { FailurePanel } from "./screens/failure-panel.js";
import { FirmwarePanel } from "./screens/firmware-panel.js";
import { SLOW_RATE } from "./screens/header-values.js";
import { PlanPanel } from "./screens/plan-panel.js";
import { RestoreParts } from "./screens/restore-parts.js";
import { StartScreen } from "./screens/start-screen.js";
import { TextPanel } from "./screens/text-panel.js";
import { UpdateNote } from "./screens/update-note.js";
import { WorkPanel } from "./screens/work-panel.js";
import { Mark } from "./ui/mark.js";
import { words } from "./words/words.js";

const ConsolePanel = lazy(async () => ({
  default: (await import("./console/console-panel.js")).ConsolePanel,
}));
const FlashMap = lazy(async () => ({ default: (await import("./map/flash-map.js")).FlashMap }));

/** Everything. @param props.language what is spoken here, which the worker is to speak too */
export function App(props: { readonly language: string }) {
  const [state, actions, engine] = createFlasher({
    createEngine: (tell) => makeWorkerEngine(tell, props.language),
    chooseSink,
    words: words.backup,
  });
  const agent = createAgent();
  const guest = createGuest(agent !== undefined);
  const ways = createWays(engine, agent);
  const offline = createOffline(agent === undefined);
  const agentTrouble = () => {
    const state = agent?.state();
    return state?.kind === "cut" ? state.trouble : undefined;
  };
  const isWriting = () => state.task === "run";

  createEffect(() => {
    if (!isWriting()) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    onCleanup(() => removeEventListener("beforeunload", warn));
  });
  // A file that misses its place would be opened in place of the page.
  for (const type of ["dragover", "drop"] as const) {
    addEventListener(type, (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
  }
  // The board runs again and the port is free for the next program.
  addEventListener("pagehide", () => void engine.disconnect().catch(() => {}));

  /** What was found is shown until something else is on the chip. */
  const showsBoard = () =>
    state.plan === undefined && state.done === undefined && state.task !== "run" && state.task !== "connect";
  const isAtStart = () => state.board === undefined && state.text === undefined && state.task !== "connect";
  return (
    <>
      <header class="top">
        <Dynamic component={isAtStart() ? "p" : "h1"} class="wordmark">
          <Mark /> {words.name}
        </Dynamic>
        <Show when={state.board}>
          {(board) => (
            <div class="top-board">
              <span class="code">{board().label}</span>
              <button
                type="button"
                class="quiet"
                disabled={state.task !== undefined}
                onClick={() => void actions.disconnect()}
              >
                {board().source === "dump" ? words.board.close : words.board.disconnect}
              </button>
            </div>
          )}
        </Show>
      </header>
      <main classList={{ bench: state.board !== undefined, start: state.board === undefined }}>
        <Show when={state.isConsoleOpen}>
          <Suspense fallback={<section class="panel console" />}>
            <ConsolePanel engine={engine} actions={actions} flasher={state} />
          </Suspense>
        </Show>
        <div class="flow">
          <Show when={agentTrouble()}>
            {(trouble) => <AgentPanel trouble={trouble()} onAgain={() => agent?.reconnect()} />}
          </Show>
          <Show when={state.failure}>
            {(failure) => (
              <FailurePanel
                failure={failure()}
                run={failure().task === "run" ? state.work.run : undefined}
                onReconnect={() => void actions.reconnect()}
                onSlower={() => void actions.setRate(SLOW_RATE).then(actions.reconnect)}
                onGoOn={() => void actions.goOn()}
                onClose={actions.dismiss}
              />
            )}
          </Show>
          <UpdateNote state={offline()} isBusy={state.task !== undefined} />
          <Show when={state.saved}>{(saved) => <output class="saved">{saved()}</output>}</Show>
          <Show when={isAtStart()}>
            <StartScreen
              ways={ways()}
              actions={actions}
              isBusy={state.task !== undefined}
              privacy={agent === undefined ? words.start.private : words.agent.private}
              guest={guest}
              isOffline={offline().kind === "ready"}
            />
          </Show>
          <Show when={state.text}>
            {(text) => <TextPanel report={text()} onClose={() => void actions.disconnect()} />}
          </Show>
          <Show when={state.isConsoleOpen}>
            <For each={state.work.notes}>{(text) => <p class="note">{text}</p>}</For>
          </Show>
          <Switch>
            <Match when={state.task !== undefined && state.task !== "firmware" && state.task !== "leave"}>
              <WorkPanel task={state.task!} work={state.work} onStop={() => void actions.stop()} />
            </Match>
            <Match when={state.done}>
              {(done) => <DonePanel done={done()} bootLines={state.work.bootLines} actions={actions} />}
            </Match>
            <Match when={state.plan}>
              {(plan) => (
                <PlanPanel plan={plan()} notes={state.work.notes} backedUp={state.backedUp} actions={actions}>
                  <Show when={state.backup}>
                    {(backup) => <RestoreParts {...backup()} isBusy={false} onPlan={actions.planParts} />}
                  </Show>
                </PlanPanel>
              )}
            </Match>
          </Switch>
          <Show when={state.plan === undefined && state.task === undefined && state.backup}>
            {(backup) => (
              <section class="panel" aria-label={words.restore.parts}>
                <RestoreParts {...backup()} isBusy={false} onPlan={actions.planParts} />
              </section>
            )}
          </Show>
          <Show when={state.board}>
            {(board) => (
              <>
                <Show when={showsBoard()}>
                  <BoardPanel board={board()} state={state} actions={actions} />
                  <Show when={board().source === "board"}>
                    <FirmwarePanel
                      firmware={state.firmware}
                      rate={state.rate}
                      isVirtual={board().label.startsWith("virtual:")}
                      isBusy={state.task !== undefined}
                      addresses={
                        agent === undefined ? { linked: linkedFirmware(location.search) } : undefined
                      }
                      actions={actions}
                    />
                  </Show>
                </Show>
              </>
            )}
          </Show>
        </div>
        <Show when={state.board}>
          {(board) => (
            <Suspense fallback={<section class="map" />}>
              <FlashMap board={board()} state={state} engine={engine} actions={actions} />
            </Suspense>
          )}
        </Show>
      </main>
    </>
  );
}
