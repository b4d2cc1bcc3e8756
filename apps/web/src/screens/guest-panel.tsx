/** Being let in by an agent: what to do, what the browser will ask, and the ports that are lent. @module */
import { createSignal, For, Match, Show, Switch } from "solid-js";
import type { AgentTrouble } from "../primitives/create-agent.js";
import type { GuestState } from "../primitives/create-guest.js";
import type { LoopbackPermission } from "../primitives/loopback-permission.js";
import { TextWithCode } from "../ui/text-with-code.js";
import { words } from "../words/words.js";
import type { GuestWayProps } from "./guest-way.js";

type State<K extends GuestState["kind"]> = Extract<GuestState, { kind: K }>;

/** The state of a guest that is more than apart. */
export function GuestPanel(props: GuestWayProps) {
  const as = <K extends GuestState["kind"]>(kind: K): State<K> | undefined => {
    const state = props.guest.state();
    return state.kind === kind ? (state as State<K>) : undefined;
  };
  return (
    <Switch>
      <Match when={as("inviting")}>{(state) => <Invitation {...props} state={state()} />}</Match>
      <Match when={as("asking")}>
        {(state) => (
          <>
            <p role="status">{state().permission === "prompt" ? words.guest.waiting : words.guest.asking}</p>
            <div class="buttons">
              <button type="button" onClick={() => props.guest.invite()}>
                {words.work.stop}
              </button>
            </div>
          </>
        )}
      </Match>
      <Match when={as("paired")}>
        {(state) => (
          <>
            <Trouble trouble={state().trouble} />
            <p>{words.guest.paired}</p>
            <Permission permission={state().permission} />
            <div class="buttons">
              <button type="button" disabled={props.isBusy} onClick={() => props.guest.comeBack()}>
                {words.guest.comeBack}
              </button>
              <button type="button" disabled={props.isBusy} onClick={() => props.guest.invite()}>
                {words.guest.anew}
              </button>
              <Forget {...props} />
            </div>
          </>
        )}
      </Match>
      <Match when={as("ports")}>{(state) => <Ports {...props} state={state()} />}</Match>
    </Switch>
  );
}

function Invitation(props: GuestWayProps & { readonly state: State<"inviting"> }) {
  const [code, setCode] = createSignal("");
  const [address, setAddress] = createSignal("");
  return (
    <>
      <Trouble trouble={props.state.trouble} />
      <Show when={isSecureContext} fallback={<p>{words.guest.insecure}</p>}>
        <Permission permission={props.state.permission} />
        <ol class="steps">
          <For each={words.guest.steps}>
            {(step) => (
              <li>
                <TextWithCode text={step} />
              </li>
            )}
          </For>
        </ol>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            props.guest.pair(code(), address());
          }}
        >
          <label>
            {words.guest.code}
            <input
              class="code digits"
              inputmode="numeric"
              autocomplete="one-time-code"
              pattern="\s*(?:\d\s*){6}"
              required
              value={code()}
              onInput={(event) => setCode(event.currentTarget.value)}
            />
          </label>
          <details>
            <summary>{words.guest.elsewhere}</summary>
            <label>
              {words.guest.address}
              <input
                class="code digits"
                inputmode="numeric"
                value={address()}
                onInput={(event) => setAddress(event.currentTarget.value)}
              />
            </label>
          </details>
          <button type="submit" disabled={props.isBusy}>
            {words.guest.pair}
          </button>
        </form>
      </Show>
      <p class="faint">
        <TextWithCode text={words.guest.own} />
      </p>
    </>
  );
}

/** Said before the browser asks, and where it no longer does. */
function Permission(props: { readonly permission: LoopbackPermission }) {
  const text = () => words.guest.permission[props.permission];
  return (
    <Show when={text()}>
      <p class="hint">{text()}</p>
    </Show>
  );
}

function Trouble(props: { readonly trouble: AgentTrouble | undefined }) {
  return (
    <Show when={props.trouble}>
      {(trouble) => (
        <div role="alert">
          <p>
            <strong>{trouble().title}.</strong> {trouble().message}
          </p>
          <p class="hint">
            <TextWithCode text={trouble().hint ?? ""} />
          </p>
        </div>
      )}
    </Show>
  );
}

function Ports(props: GuestWayProps & { readonly state: State<"ports"> }) {
  const note = () =>
    props.state.unlisted ?? (props.state.ports.length === 0 ? words.agent.none : words.agent.note);
  return (
    <>
      <p>
        <TextWithCode text={note()} />
      </p>
      <div class="buttons">
        <For each={props.state.ports}>
          {(port) => (
            <button
              type="button"
              class="code"
              disabled={props.isBusy || port.isTaken}
              onClick={() => void props.actions.connect(async () => props.guest.wayTo(port))}
            >
              {port.isTaken ? words.agent.taken(port.title) : port.title}
            </button>
          )}
        </For>
        <Forget {...props} />
      </div>
    </>
  );
}

function Forget(props: GuestWayProps) {
  return (
    <>
      <button type="button" class="quiet" onClick={() => props.guest.forget()}>
        {words.guest.forget}
      </button>
      <span class="faint">
        <TextWithCode text={words.guest.forgetNote} />
      </span>
    </>
  );
}
