/** What a page says: every text that is seen or read aloud. @module */
import type { Page } from "playwright-core";

/**
 * Visible texts, names for screen readers, placeholders and the names of pictures, each once. What is data by its element is
 * left out: commands, bytes, what a board printed, what somebody typed.
 */
export async function textsOf(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const DATA = "code, .boot, .xterm, .hex-lines, textarea, script, style, option[value]:not([value='']), .typed";
    const NAMES = ["aria-label", "title", "placeholder", "alt"];
    const texts = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element.checkVisibility({ visibilityProperty: true }) && element.closest("svg") === null) continue;
      if (element.closest("[hidden], noscript") !== null) continue;
      if (node instanceof Element) for (const name of NAMES) texts.add(node.getAttribute(name) ?? "");
      else if (element.closest(DATA) === null) texts.add(node.data.trim());
    }
    texts.delete("");
    return [...texts];
  })()`);
}
