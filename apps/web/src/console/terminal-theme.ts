/** The terminal in the page's own colours. @module */

/** As the page has them now. */
export function terminalTheme(style = getComputedStyle(coloured())) {
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    background: colour("--sunken"),
    foreground: colour("--ink"),
    cursor: colour("--ink"),
    cursorAccent: colour("--sunken"),
    selectionBackground: colour("--line"),
    cyan: colour("--focus"),
    red: colour("--alarm"),
  };
}

/** The page's own root; on somebody else's page the dialog has the colours. */
function coloured(): Element {
  return document.querySelector("flashwright-dialog") ?? document.documentElement;
}
