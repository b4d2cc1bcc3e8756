/** What happened, the one thing to do, and details to copy. @module */
import { createSignal, onMount, Show } from "solid-js";
import type { Failure } from "../primitives/create-flasher.js";
import { isCuredByConnecting } from "../state/cured-by-connecting.js";
import type { RunState } from "../state/work-state.js";
import { BootModeSteps } from "../ui/boot-mode-steps.js";
import { TextWithCode } from "../ui/text-with-code.js";
import { words } from "../words/words.js";
import { SLOW_RATE } from "./header-values.js";
import { RunRegions } from "./run-progress.js";

/** What a long or bad cable does to a fast link. */
const SLOWER_HELPS: ReadonlySet<string> = new Set([
  "connection-unsteady",
  "command-timeout",
  "bad-reply",
  "read-mismatch",
  "read-stalled",
  "stub-silent",
  "chip-crashed",
  "verify-failed",
]);

/** A failure. */
export function FailurePanel(props: {
  readonly failure: Failure;
  /** How far its plan had come, where it was running one. */
  readonly run: RunState | undefined;
  readonly onReconnect: () => void;
  /** Connects at a rate that a bad cable carries. */
  readonly onSlower?: () => void;
  /** Goes on with a run that changed the flash. */
  readonly onGoOn: () => void;
  readonly onClose: () => void;
}) {
  let heading!: HTMLHeadingElement;
  let details!: HTMLPreElement;
  const [copied, setCopied] = createSignal<"copy" | "copied" | "marked">("copy");
  onMount(() => heading.focus());
  const problem = () => props.failure.problem;
  const isUnfinished = () => props.failure.task === "run" && problem().isFlashChanged === true;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(problem().details);
      setCopied("copied");
    } catch {
      // Pages that came without HTTPS, or were told no, have no clipboard.
      getSelection()?.selectAllChildren(details);
      setCopied("marked");
    }
  };
  return (
    <section class="panel failure" role="alert">
      <h2 tabindex="-1" ref={heading}>
        {problem().isCancelled ? words.problem.stopped : words.problem.title}
      </h2>
      <Show when={!problem().isCancelled}>
        <p>{problem().message}</p>
      </Show>
      <Show when={problem().hint}>
        <p class="hint">
          <TextWithCode text={problem().hint ?? ""} />
        </p>
      </Show>
      <Show when={problem().hands}>
        {(hands) => <BootModeSteps hands={hands()} connectsAfter={isCuredByConnecting(props.failure)} />}
      </Show>
      <Show when={problem().left}>
        {(left) => (
          <>
            <h3 class="label">{words.left.title}</h3>
            <p>{left()}</p>
            <Show when={props.run}>{(run) => <RunRegions run={run()} />}</Show>
          </>
        )}
      </Show>
      <details>
        <summary>{words.problem.details}</summary>
        <pre class="boot" tabindex="0" ref={details}>
          {problem().details}
        </pre>
        <button type="button" onClick={() => void copy()}>
          {words.problem[copied()]}
        </button>
      </details>
      <div class="buttons">
        <Show when={isUnfinished()}>
          <button type="button" class="primary" onClick={() => props.onGoOn()}>
            {words.problem.goOn}
          </button>
        </Show>
        <Show when={!isUnfinished() && isCuredByConnecting(props.failure)}>
          <button type="button" class="primary" onClick={() => props.onReconnect()}>
            {words.problem.reconnect}
          </button>
        </Show>
        <Show when={props.onSlower !== undefined && SLOWER_HELPS.has(problem().code)}>
          <button type="button" onClick={() => props.onSlower?.()}>
            {words.problem.slower(words.units.baud(SLOW_RATE))}
          </button>
        </Show>
        <button type="button" onClick={() => props.onClose()}>
          {words.problem.close}
        </button>
      </div>
    </section>
  );
}
