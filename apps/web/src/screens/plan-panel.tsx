/** What will happen, before a byte moves. @module */
import { createSignal, For, type JSX, onMount, Show } from "solid-js";
import type { FlasherActions, FlasherState } from "../primitives/create-flasher.js";
import type { PlanReport } from "../report/reports.js";
import { words } from "../words/words.js";

/** The plan, and the ways on from here. */
export function PlanPanel(props: {
  readonly plan: PlanReport;
  readonly notes: readonly string[];
  /** Whether what it changes was saved. */
  readonly backedUp: FlasherState["backedUp"];
  readonly actions: FlasherActions;
  /** What else can be planned instead. */
  readonly children?: JSX.Element;
}) {
  let heading!: HTMLHeadingElement;
  onMount(() => heading.focus());
  return (
    <section class="panel plan" aria-labelledby="plan-title">
      <p class="label">{words.plan.title}</p>
      <h2 id="plan-title" tabindex="-1" ref={heading}>
        {props.plan.title}
      </h2>
      <Show when={props.plan.lost.length > 0}>
        <p class="loss">{words.plan.loses(props.plan.lost.join(", "))}</p>
      </Show>
      <For each={[...props.plan.warnings, ...props.notes]}>{(text) => <p class="warning">{text}</p>}</For>
      <ul class="rows">
        <For each={props.plan.rows}>
          {(row) => (
            <li class={`row is-${row.fate}`}>
              <span class="fate">{words.plan.fates[row.fate]}</span>
              <span class="name" classList={{ code: row.name === "" }}>
                {row.name || row.range}
              </span>
              <span class="code number">{row.sizeText}</span>
              <Show when={row.name}>
                <span class="code range">{row.range}</span>
              </Show>
              <Show when={row.reason}>
                <span class="reason">{row.reason}</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.plan.untouched}>
        <p class="faint">{props.plan.untouched}</p>
      </Show>
      <Show when={props.plan.header.length > 0}>
        <dl class="facts">
          <For each={props.plan.header}>
            {({ field, value, reason }) => (
              <div>
                <dt>{field}</dt>
                <dd>
                  <span class="code">{value}</span> <span class="faint">{reason}</span>
                </dd>
              </div>
            )}
          </For>
          <Show when={props.plan.boots}>
            <div>
              <dt>{words.plan.boots}</dt>
              <dd class="code">{props.plan.boots}</dd>
            </div>
          </Show>
        </dl>
      </Show>
      {props.children}
      <Show
        when={props.backedUp === "unseen" && !props.plan.isDone}
        fallback={<Decide plan={props.plan} actions={props.actions} />}
      >
        <Confirm plan={props.plan} actions={props.actions} />
      </Show>
    </section>
  );
}

const goes = (kind: PlanReport["kind"]) =>
  ({
    firmware: words.plan.go,
    repair: words.plan.goRepair,
    restore: words.plan.goRestore,
    erase: words.plan.goErase,
  })[kind];

/** A download that the browser held back is known to the person alone. */
function Confirm(props: { readonly plan: PlanReport; readonly actions: FlasherActions }) {
  return (
    <div class="buttons">
      <button type="button" class="primary" onClick={() => void props.actions.run("backed-up")}>
        {words.backup.there}
      </button>
      <button type="button" onClick={() => void props.actions.saveAndRun()}>
        {words.backup.again}
      </button>
      <button type="button" onClick={() => void props.actions.dropPlan()}>
        {words.plan.drop}
      </button>
    </div>
  );
}

/** What is lost needs a backup, or a second yes. */
function Decide(props: { readonly plan: PlanReport; readonly actions: FlasherActions }) {
  const hasBackup = () => props.plan.backupBytes > 0;
  const [isWithout, setWithout] = createSignal(false);
  const saves = () => hasBackup() && !isWithout();
  const go = () =>
    saves()
      ? props.actions.saveAndRun()
      : props.actions.run(props.plan.lost.length > 0 ? "yes" : "nothing-lost");
  return (
    <Show
      when={!props.plan.isDone}
      fallback={
        <>
          <p class="healthy">{words.plan.nothing}</p>
          <div class="buttons">
            <button type="button" class="primary" onClick={() => void props.actions.run("nothing-lost")}>
              {words.work.starting}
            </button>
            <button type="button" onClick={() => void props.actions.dropPlan()}>
              {words.plan.drop}
            </button>
          </div>
        </>
      }
    >
      <Show when={hasBackup()}>
        <p>{words.plan.backup}</p>
        <label class="choice">
          <input
            type="checkbox"
            checked={isWithout()}
            onChange={(event) => setWithout(event.currentTarget.checked)}
          />
          {words.plan.skipBackup}
        </label>
      </Show>
      <div class="buttons">
        <button
          type="button"
          class="primary"
          classList={{ danger: props.plan.lost.length > 0 && !saves() }}
          onClick={() => void go()}
        >
          {saves() ? words.plan.backupFirst : goes(props.plan.kind)}
        </button>
        <button type="button" onClick={() => void props.actions.dropPlan()}>
          {words.plan.drop}
        </button>
      </div>
    </Show>
  );
}
