/** The page. @module */
import "@fontsource/ibm-plex-sans/latin-400.css";
import "@fontsource/ibm-plex-sans/latin-600.css";
import "@fontsource/ibm-plex-mono/latin-400.css";
import "./style/tokens.css";
import "./style/page.css";
import "./style/parts.css";
import "./style/map.css";
import "./style/print.css";
import { render } from "solid-js/web";
import { App } from "./app.js";
import { chooseLanguage } from "./words/languages.js";
import { speak } from "./words/words.js";

const language = chooseLanguage(location.search, navigator.languages);
await speak(language);
document.documentElement.lang = language;
render(() => <App language={language} />, document.getElementById("app")!);
