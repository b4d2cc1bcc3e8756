/** Everything behind a press of the button, loaded when it is pressed. @module */
import { render } from "solid-js/web";
import pageStyle from "../style/page.css?inline";
import partsStyle from "../style/parts.css?inline";
import tokens from "../style/tokens.css?inline";
import { speakInDialog } from "../words/button-words.js";
import { chooseLanguage } from "../words/languages.js";
import { languageTag, speak } from "../words/words.js";
import dialogStyle from "./dialog.css?inline";
import { type DialogParts, InstallDialog } from "./install-dialog.js";
import type { InstallRequest } from "./install-request.js";
import { lateEngine } from "./late-engine.js";
import { type ButtonEngine, makeButtonEngine } from "./make-button-engine.js";
import { forShadow } from "./shadow-style.js";

type Listener = Parameters<typeof makeButtonEngine>[0];

/** Shows the dialog; resolves when it is closed, the board runs and its port is free. */
export async function openDialog(request: InstallRequest): Promise<void> {
  const language = chooseLanguage("", navigator.languages);
  await Promise.all([speak(language), speakInDialog(language)]);
  const host = makeHost(request);
  let listen: Listener = () => {};
  let made: ButtonEngine | undefined;
  // The dialog is there before its engine is, which is ten times as large.
  const making = makeButtonEngine((told) => listen(told), language).then((engine) => {
    made = engine;
    host.dataset.runsIn = engine.runsIn;
    return engine.engine;
  });
  try {
    await showDialog(host, {
      request,
      engine: lateEngine(making),
      onTell(listener) {
        listen = listener;
      },
      async leave() {
        await made?.engine.closeConsole().catch(() => {});
        await made?.engine.disconnect().catch(() => {});
      },
      isReady: () => made !== undefined,
    });
  } finally {
    void making.then(() => made?.end()).catch(() => {});
  }
}

/** At the end of the page, so that no style, no form and no link around the button has to do with it. */
function makeHost({ hideProgress }: InstallRequest): HTMLElement {
  const host = document.createElement("flashwright-dialog");
  host.toggleAttribute("hide-progress", hideProgress);
  host.lang = languageTag;
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [tokens, pageStyle, partsStyle, dialogStyle].map(sheetOf);
  document.body.append(host);
  return host;
}

function showDialog(host: HTMLElement, parts: Omit<DialogParts, "addStyle" | "onClosed">): Promise<void> {
  const root = host.shadowRoot!;
  return new Promise((resolve) => {
    const addStyle = (css: string) => root.adoptedStyleSheets.push(sheetOf(css));
    const onClosed = () => {
      dispose();
      host.remove();
      resolve();
    };
    const dispose = render(() => <InstallDialog {...parts} addStyle={addStyle} onClosed={onClosed} />, root);
  });
}

function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(forShadow(css));
  return sheet;
}
