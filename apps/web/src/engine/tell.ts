/** Core's events as the page shows them. @module */
import { cleanText, describe, type FlashPlan } from "@flashwright/core";
import type { LookEvent } from "@flashwright/core/diagnose";
import { pageHint } from "../report/hints.js";
import { words } from "../words/words.js";
import type { EngineEvent, Stretch } from "./engine.js";

/** What the page is told of an event; `undefined` for what it learns otherwise. */
export function toldOf(event: LookEvent): EngineEvent | undefined {
  switch (event.type) {
    case "connecting":
    case "started":
    case "progress":
      return event;
    case "finished": {
      const { type, operation, region } = event;
      return { type, operation, region };
    }
    case "connected":
      return { type: "connected" };
    case "surveying":
      return { type: "looking", depth: event.depth };
    case "boot":
      return { type: "boot", line: cleanText(event.line) };
    case "note":
    case "warning":
      if (event.code === "port-awaited")
        return { type: "away", title: words.away.title, text: sentence(event) };
      return { type: event.type, text: sentence(event) };
    case "buttons-needed": {
      const { title, message } = describe(event.code, event.params);
      const hands = event.code === "hold-flash" ? "hold-flash" : "flash-and-reset";
      return { type: "buttons-needed", hands, title: title ?? "", text: message };
    }
    default:
      return undefined;
  }
}

/** What a plan will do, for the progress. */
export function toldOfPlan({ writes, erases, eraseChip, flashSize }: FlashPlan): EngineEvent {
  return {
    type: "planned",
    writes: writes.map(({ region }) => bare(region)),
    erases: eraseChip ? [{ offset: 0, size: flashSize }] : erases.map(bare),
  };
}

function sentence({ code, params }: Extract<LookEvent, { type: "note" | "warning" }>): string {
  const { message, hint } = describe(code, params);
  const shown = pageHint(code, hint);
  return cleanText(shown === undefined ? message : `${message} ${shown}`);
}

function bare({ offset, size }: Stretch): Stretch {
  return { offset, size };
}
