/** The dialog: port, plan, flash, done. @module */
import {
  createEffect,
  createSignal,
  createUniqueId,
  lazy,
  Match,
  onCleanup,
  onMount,
  Show,
  Suspense,
  Switch,
} from "solid-js";
import type { FlasherActions } from "../primitives/create-flasher.js";
import { DonePanel } from "../screens/done-panel.js";
import { FailurePanel } from "../screens/failure-panel.js";
import { WorkPanel } from "../screens/work-panel.js";
import { buttonWords } from "../words/button-words.js";
import { BoardSummary } from "./board-summary.js";
import { createInstaller, type InstallerParts } from "./create-installer.js";
import { InstallPlan } from "./install-plan.js";
import { NoPortPanel } from "./no-port-panel.js";
import { toldState } from "./told-state.js";

/** What a dialog is made with. */
export interface DialogParts extends InstallerParts {
  readonly addStyle: (css: string) => void;
  /** Whether the engine is there. */
  readonly isReady: () => boolean;
  /** Lets the board run, and frees its port. */
  readonly leave: () => Promise<void>;
  readonly onClosed: () => void;
}

/** The dialog; it is open from the start, and says when it is closed and the port is free. */
export function InstallDialog(parts: DialogParts) {
  const { request, engine } = parts;
  const installer = createInstaller(parts);
  const { state, actions } = installer;
  const titleId = createUniqueId();
  let dialog!: HTMLDialogElement;
  const [isLeaving, setLeaving] = createSignal(false);
  const isWriting = () => state.task === "run";

  const ConsolePanel = lazy(async () => {
    const [panel, ...styles] = await Promise.all([
      import("../console/console-panel.js"),
      import("@xterm/xterm/css/xterm.css?inline"),
      import("../style/console.css?inline"),
    ]);
    for (const style of styles) parts.addStyle(style.default);
    return { default: panel.ConsolePanel };
  });

  onMount(() => {
    dialog.showModal();
    void installer.begin(request.port);
  });
  createEffect(() => {
    const told = toldState(state);
    if (told !== undefined) request.onState(told);
  });
  createEffect(() => {
    if (!isWriting()) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    onCleanup(() => removeEventListener("beforeunload", warn));
  });
  createEffect(() => {
    if (state.done !== undefined && request.showLog) actions.showConsole(true);
  });
  // The board runs again and the port is free for the next program.
  const letGo = () => void engine.disconnect().catch(() => {});
  addEventListener("pagehide", letGo);
  onCleanup(() => removeEventListener("pagehide", letGo));

  const close = () => dialog.close();
  /** What is being written is stopped by its button, and by nothing else. */
  const keepOpen = (event: Event) => {
    if (isWriting()) event.preventDefault();
  };
  const leave = () => {
    // Some browsers close a dialog that was told to stay, at the second Escape.
    if (isWriting()) dialog.showModal();
    else setLeaving(true);
  };
  createEffect(() => {
    if (!isLeaving()) return;
    if (state.task !== undefined && parts.isReady()) void actions.stop();
    else void parts.leave().then(parts.onClosed);
  });

  const announced = () => state.firmware?.announced;
  const name = () => announced()?.name ?? state.firmware?.title ?? buttonWords.firmware;
  const failure = () => {
    const { failure } = state;
    const wrong = installer.wrong();
    if (wrong !== undefined) return { task: "download" as const, problem: wrong };
    if (failure === undefined) return undefined;
    const hints: Readonly<Record<string, string>> = buttonWords.hints;
    const hint = hints[failure.problem.code] ?? failure.problem.hint;
    return { ...failure, problem: { ...failure.problem, ...(hint === undefined ? {} : { hint }) } };
  };
  const isWorking = () => state.task !== undefined && state.task !== "leave";
  const doneActions: FlasherActions = { ...actions, disconnect: async () => installer.next() };

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      on:cancel={keepOpen}
      on:close={leave}
      on:keydown={(event) => {
        if (event.key === "Escape") keepOpen(event);
      }}
    >
      <header class="head">
        <h1 id={titleId}>
          {buttonWords.install(name())} <span class="faint">{announced()?.version ?? ""}</span>
        </h1>
        <button type="button" class="quiet" disabled={isWriting()} onClick={close}>
          {buttonWords.close}
        </button>
      </header>
      <div class="flow">
        <Show when={state.saved}>{(saved) => <output class="saved">{saved()}</output>}</Show>
        <Switch fallback={<p>{buttonWords.starting}</p>}>
          <Match when={isWorking() && state.task}>
            {(task) => <WorkPanel task={task()} work={state.work} onStop={() => void actions.stop()} />}
          </Match>
          <Match when={failure()}>
            {(found) => (
              <>
                <FailurePanel
                  failure={found()}
                  run={found().task === "run" ? state.work.run : undefined}
                  onReconnect={() => void installer.reconnect()}
                  onGoOn={() => void actions.goOn()}
                  onClose={() => (state.board === undefined ? close() : actions.dismiss())}
                />
                <Show when={found().task === "download" || state.board === undefined}>
                  <div class="buttons">
                    <button type="button" onClick={() => installer.next()}>
                      {buttonWords.again}
                    </button>
                  </div>
                </Show>
              </>
            )}
          </Match>
          <Match when={installer.asking().kind === "asked"}>
            <section class="panel" aria-live="polite">
              <h2>{buttonWords.choosing.title}</h2>
              <p>{buttonWords.choosing.text}</p>
            </section>
          </Match>
          <Match when={installer.asking().kind === "none"}>
            <NoPortPanel asking={installer.asking()} onChoose={installer.choose} />
          </Match>
          <Match when={state.isConsoleOpen}>
            <Suspense fallback={<section class="panel" />}>
              <ConsolePanel engine={engine} actions={actions} />
            </Suspense>
          </Match>
          <Match when={state.done}>
            {(done) => <DonePanel done={done()} bootLines={state.work.bootLines} actions={doneActions} />}
          </Match>
          <Match when={state.plan !== undefined}>
            <InstallPlan installer={installer} />
          </Match>
          <Match when={state.board}>
            {(board) => (
              <BoardSummary
                board={board()}
                isOpen
                actions={
                  <>
                    <button type="button" class="primary" onClick={() => void installer.plan()}>
                      {buttonWords.plan}
                    </button>
                    <button type="button" onClick={() => actions.showConsole(true)}>
                      {buttonWords.console}
                    </button>
                    <Show when={board().canRead}>
                      <button type="button" onClick={() => void actions.backUp()}>
                        {buttonWords.backUp}
                      </button>
                    </Show>
                  </>
                }
              />
            )}
          </Match>
        </Switch>
        <Show when={announced()?.fundingUrl}>
          {(address) => (
            <p class="fund">
              <a href={address()} target="_blank" rel="noopener noreferrer">
                {buttonWords.fund}
              </a>
            </p>
          )}
        </Show>
      </div>
    </dialog>
  );
}
