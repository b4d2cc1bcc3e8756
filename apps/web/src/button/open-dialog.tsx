/** Everything behind a press of the button, loaded when it is pressed. @module */
import { render } from "solid-js/web";
import pageStyle from "../style/page.css?inline";
import partsStyle from "../style/parts.css?inline";
import tokens from "../style/tokens.css?inline";
import { chooseLanguage } from "../words/languages.js";
import { languageTag, speak } from "../words/words.js";
import dialogStyle from "./dialog.css?inline";
import { InstallDialog } from "./install-dialog.js";
import type { InstallRequest } from "./install-request.js";
import { type ButtonEngine, makeButtonEngine } from "./make-button-engine.js";
import { forShadow } from "./shadow-style.js";

type Listener = Parameters<typeof makeButtonEngine>[0];

/** Shows the dialog; resolves when it is closed, the board runs and its port is free. */
export async function openDialog(request: InstallRequest): Promise<void> {
  const language = chooseLanguage("", navigator.languages);
  await speak(language);
  let listen: Listener = () => {};
  const engine = await makeButtonEngine((told) => listen(told), language);
  try {
    await showDialog(request, engine, (listener) => {
      listen = listener;
    });
  } finally {
    engine.end();
  }
}

function showDialog(
  request: InstallRequest,
  { engine, runsIn }: ButtonEngine,
  onTell: (listener: Listener) => void,
): Promise<void> {
  // At the end of the page, so that no style, no form and no link around the button has to do with it.
  const host = document.createElement("flashwright-dialog");
  host.toggleAttribute("hide-progress", request.hideProgress);
  host.dataset.runsIn = runsIn;
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [tokens, pageStyle, partsStyle, dialogStyle].map(sheetOf);
  host.lang = languageTag;
  document.body.append(host);
  return new Promise((resolve) => {
    const parts = {
      request,
      engine,
      onTell,
      addStyle: (css: string) => root.adoptedStyleSheets.push(sheetOf(css)),
      onClosed() {
        dispose();
        host.remove();
        resolve();
      },
    };
    const dispose = render(() => <InstallDialog {...parts} />, root);
  });
}

function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(forShadow(css));
  return sheet;
}
