/** The way through an agent for a page of another site: it begins with a button, and the rest is loaded with it. @module */
import { lazy, Show, Suspense } from "solid-js";
import type { FlasherActions } from "../primitives/create-flasher.js";
import type { GuestAgent } from "../primitives/create-guest.js";
import { TextWithCode } from "../ui/text-with-code.js";
import { words } from "../words/words.js";

const GuestPanel = lazy(async () => ({ default: (await import("./guest-panel.js")).GuestPanel }));

/** What both of its parts need. */
export interface GuestWayProps {
  readonly guest: GuestAgent;
  readonly actions: FlasherActions;
  readonly isBusy: boolean;
}

/** Through an agent. */
export function GuestWay(props: GuestWayProps) {
  return (
    <div class="way">
      <h2>{words.guest.title}</h2>
      <Show
        when={props.guest.state().kind === "apart"}
        fallback={
          <Suspense>
            <GuestPanel {...props} />
          </Suspense>
        }
      >
        <p>
          <TextWithCode text={words.guest.note} />
        </p>
        <div class="buttons">
          <button type="button" disabled={props.isBusy} onClick={() => props.guest.invite()}>
            {words.guest.begin}
          </button>
        </div>
      </Show>
    </div>
  );
}
