/** The element: it shows a button, and loads everything else when that is pressed. @module */
import { elementWords } from "../words/button-element.js";
import { askForPort } from "./ask-for-port.js";
import { elementStyle } from "./element-style.js";
import type { InstallState, ManifestSource } from "./install-request.js";

const loadDialog = () => import("./open-dialog.js");

/** Properties that a page may have set before this script was there. */
const PROPERTIES = ["manifest", "eraseFirst", "hideProgress", "showLog"] as const;

/**
 * `<flashwright-button manifest="…">`. Attributes, slots, style and static members are those of ESP Web Tools'
 * `<esp-web-install-button>`.
 */
export class FlashwrightButton extends HTMLElement {
  /** Whether this browser has Web Serial. */
  static readonly isSupported: boolean = "serial" in navigator;
  /** Whether this page may use it. */
  static readonly isAllowed: boolean = isSecureContext;

  /** Loads what a press needs. */
  static preload(): void {
    loadDialog().catch(() => {});
  }

  #manifest: ManifestSource | undefined;
  #root: ShadowRoot | undefined;

  /** The attribute, or what was set here: an address or the manifest itself. */
  get manifest(): ManifestSource | undefined {
    return this.#manifest ?? this.getAttribute("manifest") ?? undefined;
  }
  set manifest(value: ManifestSource | undefined | null) {
    this.#manifest = value ?? undefined;
  }

  get eraseFirst(): boolean {
    return this.hasAttribute("erase-first");
  }
  set eraseFirst(value: boolean) {
    this.toggleAttribute("erase-first", Boolean(value));
  }

  get hideProgress(): boolean {
    return this.hasAttribute("hide-progress");
  }
  set hideProgress(value: boolean) {
    this.toggleAttribute("hide-progress", Boolean(value));
  }

  get showLog(): boolean {
    return this.hasAttribute("show-log");
  }
  set showLog(value: boolean) {
    this.toggleAttribute("show-log", Boolean(value));
  }

  connectedCallback(): void {
    if (this.#root !== undefined) return;
    for (const name of PROPERTIES) this.#adopt(name);
    this.#root = this.attachShadow({ mode: "open" });
    const { isSupported, isAllowed } = FlashwrightButton;
    // A page that may not use Web Serial does not see it either: that is to be said first.
    if (!isAllowed) this.#refuse("not-allowed", elementWords.notAllowed);
    else if (!isSupported) this.#refuse("unsupported", elementWords.unsupported);
    else this.#offer(this.#root);
  }

  /** A value that was set on an element without this class hides the property of the class. */
  #adopt(name: (typeof PROPERTIES)[number]): void {
    if (!Object.hasOwn(this, name)) return;
    const value: unknown = Reflect.get(this, name);
    Reflect.deleteProperty(this, name);
    Reflect.set(this, name, value);
  }

  #refuse(slotName: string, text: string): void {
    this.toggleAttribute("install-unsupported", true);
    this.#root?.append(slot(slotName, text));
  }

  #offer(root: ShadowRoot): void {
    this.toggleAttribute("install-supported", true);
    const style = new CSSStyleSheet();
    style.replaceSync(elementStyle);
    root.adoptedStyleSheets = [style];
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = elementWords.install;
    const activate = slot("activate", button);
    activate.addEventListener("click", (event) => {
      event.preventDefault();
      void this.#install();
    });
    root.append(activate);
    this.addEventListener("pointerenter", FlashwrightButton.preload, { once: true });
    this.addEventListener("focusin", FlashwrightButton.preload, { once: true });
  }

  async #install(): Promise<void> {
    if (this.hasAttribute("active")) return;
    this.toggleAttribute("active", true);
    // First of all: the browser asks only while the press counts.
    const port = askForPort(false);
    port.catch(() => {});
    this.#root?.querySelector("p")?.remove();
    try {
      const { manifest, eraseFirst, hideProgress, showLog } = this;
      const onState = (detail: InstallState) => this.#tell(detail);
      const { openDialog } = await loadDialog();
      await openDialog({ manifest, eraseFirst, hideProgress, showLog, port, askForPort, onState });
    } catch (error) {
      console.error(error);
      const text = document.createElement("p");
      text.role = "alert";
      text.textContent = elementWords.notLoaded;
      this.#root?.append(text);
    } finally {
      this.toggleAttribute("active", false);
    }
  }

  #tell(detail: InstallState): void {
    this.dispatchEvent(new CustomEvent("state-changed", { detail, bubbles: true, composed: true }));
  }
}

function slot(name: string, content: string | Node): HTMLSlotElement {
  const element = document.createElement("slot");
  element.name = name;
  element.append(content);
  return element;
}
