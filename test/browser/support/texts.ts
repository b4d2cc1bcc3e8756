/** What a page says: every text that is seen or read aloud, and what of it does not fit. @module */
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

/** What is cut off or hangs out: the page itself, boxes that hide what is too long, words in a drawing. */
export async function clippedTexts(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const clipped = [];
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > innerWidth) clipped.push("the page is " + (scrollWidth - innerWidth) + " px too wide");
    for (const element of document.querySelectorAll("body *:not(svg *)")) {
      const { overflowX } = getComputedStyle(element);
      const hides = overflowX === "hidden" || overflowX === "clip";
      if (hides && element.scrollWidth > element.clientWidth + 1 && element.closest(".xterm") === null)
        clipped.push(element.textContent.trim());
    }
    for (const text of document.querySelectorAll("svg text")) {
      const [outer, inner] = [text.ownerSVGElement.getBoundingClientRect(), text.getBoundingClientRect()];
      if (inner.right > outer.right + 1 || inner.left < outer.left - 1) clipped.push(text.textContent.trim());
    }
    return clipped;
  })()`);
}
