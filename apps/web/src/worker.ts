/** The worker: everything that talks to a board, off the page's thread. @module */
import { BoardEngine } from "./engine/board-engine.js";
import { serveEngine } from "./remote/serve.js";
import { speak } from "./words/words.js";

serveEngine(self as DedicatedWorkerGlobalScope & typeof globalThis, (tell) => new BoardEngine(tell), speak);
