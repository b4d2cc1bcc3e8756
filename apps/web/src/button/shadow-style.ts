/** The page's style, for the shadow of an element on a page of somebody else. @module */

/**
 * Rules for the document's root hold for the shadow's host. Lengths that count from the root's letters, whose size there is
 * the other page's, count from `--rem` instead; those in a condition of `@media` or `@container` never did, or cannot.
 */
export function forShadow(css: string): string {
  return css
    .replace(/:root\b|#app\b/g, ":host")
    .split(/(@(?:media|container)[^{]*)/)
    .map((piece) =>
      /^@(?:media|container)/.test(piece) ? piece : piece.replace(LENGTH, "calc($1 * var(--rem))"),
    )
    .join("");
}

const LENGTH = /(?<![\w.-])(-?\d*\.?\d+)rem\b/g;
