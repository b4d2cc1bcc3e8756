/** The flow of one installation: manifest, port, plan, and back to one of these. @module */
import { createSignal } from "solid-js";
import type { Engine, Problem, Told } from "../engine/engine.js";
import { createFlasher, type FlasherActions, type FlasherState } from "../primitives/create-flasher.js";
import { chooseSink } from "../primitives/save-file.js";
import { buttonWords } from "../words/button-words.js";
import { words } from "../words/words.js";
import type { InstallRequest } from "./install-request.js";
import { type ManifestAddress, manifestAddress } from "./manifest-address.js";

/** How it stands with the port, before anything is connected. */
export type Asking =
  | { readonly kind: "asked" }
  | { readonly kind: "nothing" }
  /** None was chosen, or the page may not ask: why. */
  | { readonly kind: "none"; readonly refusal?: string };

/** What an installation needs. */
export interface InstallerParts {
  readonly request: InstallRequest;
  readonly engine: Engine;
  /** Takes who hears what the engine tells. */
  readonly onTell: (listener: (told: Told) => void) => void;
}

/** One installation. */
export interface Installer {
  readonly state: FlasherState;
  readonly actions: FlasherActions;
  readonly asking: () => Asking;
  /** What is wrong with what the page's author wrote. */
  readonly wrong: () => Problem | undefined;
  readonly erasesAll: () => boolean;
  /** Whether the manifest, or its author, wants it asked. */
  readonly asksToErase: () => boolean;
  /** From the start, with the port that was asked for last or another one. */
  begin(port: Promise<unknown>): Promise<void>;
  /** Asks for another port; to be called by a press. */
  choose(all: boolean): void;
  /** Lets go of this board, and asks for the next one; to be called by a press. */
  next(): void;
  reconnect(): Promise<void>;
  plan(erasesAll?: boolean): Promise<void>;
}

/** Makes one; it does nothing before `begin`. */
export function createInstaller({ request, engine, onTell }: InstallerParts): Installer {
  const [asking, setAsking] = createSignal<Asking>({ kind: "nothing" });
  const [wrong, setWrong] = createSignal<Problem>();
  const [erasesAll, setErasesAll] = createSignal(request.eraseFirst);
  const [state, actions] = createFlasher({
    createEngine(tell) {
      onTell(tell);
      return engine;
    },
    chooseSink,
    words: words.backup,
  });

  async function begin(port: Promise<unknown>): Promise<void> {
    port.catch(() => {});
    const manifest = await addressOf(request);
    setWrong("address" in manifest ? undefined : manifest);
    if (!("address" in manifest)) return;
    await actions.downloadFirmware(manifest.address);
    manifest.release();
    if (state.firmware !== undefined && state.failure === undefined) await connectTo(port);
  }

  async function connectTo(port: Promise<unknown>): Promise<void> {
    setAsking({ kind: "asked" });
    const chosen = await port.then(
      (found) => ({ found }),
      (error: unknown) => ({ error }),
    );
    if ("error" in chosen) {
      setAsking(noneOf(chosen.error));
      return;
    }
    setAsking({ kind: "nothing" });
    await actions.connect(async () => {
      const { wayToChosen } = await import("../primitives/serial-ports.js");
      return wayToChosen(engine, chosen.found as Parameters<typeof wayToChosen>[1]);
    });
    if (state.failure === undefined) await plan();
  }

  async function plan(all = erasesAll()): Promise<void> {
    setErasesAll(all);
    await actions.plan({ eraseAll: all, header: {}, force: false });
  }

  return {
    state,
    actions,
    asking,
    wrong,
    erasesAll,
    asksToErase: () => request.eraseFirst || (state.firmware?.erase ?? "none") !== "none",
    begin,
    plan,
    choose: (all) => void connectTo(request.askForPort(all)),
    next() {
      const port = request.askForPort(false);
      port.catch(() => {});
      void actions.disconnect().then(() => begin(port));
    },
    async reconnect() {
      await actions.reconnect();
      if (state.failure === undefined && state.board !== undefined) await plan();
    },
  };
}

async function addressOf({ manifest }: InstallRequest): Promise<ManifestAddress | Problem> {
  if (manifest === undefined) return problem("manifest-missing", buttonWords.noManifest, "");
  try {
    return await manifestAddress(manifest, document.baseURI);
  } catch (error) {
    return problem("manifest-address", buttonWords.badManifest, String(error));
  }
}

function problem(
  code: string,
  { message, hint }: { readonly message: string; readonly hint: string },
  detail: string,
): Problem {
  const details = [code, message, detail].filter((line) => line !== "").join("\n");
  return { code, message, hint, details, isCancelled: false };
}

function noneOf(error: unknown): Asking {
  const isChoice = error instanceof DOMException && error.name === "NotFoundError";
  return isChoice ? { kind: "none" } : { kind: "none", refusal: String(error) };
}
